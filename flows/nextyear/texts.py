"""Wording of closing a year, opening the next, and confirming what came along."""

from datetime import date

from flows import fmt
from flows.checklist import stored
from flows.checklist.service import Current
from flows.evidence.periods import span_of
from flows.evidence.service import Piece
from flows.evidence.window import Window
from flows.item_words import answer
from flows.models import Assessment
from flows.nextyear import plan as planning
from flows.nextyear.confirming import Counts, Listed
from flows.nextyear.plan import Plan, Proof
from flows.nextyear.years import Standing, Years
from knowledge.answers import Answer, Item
from knowledge.instrument import Indicator, ResultItem

YEARS, DOCUMENT, DOCUMENT_ABOUT = (
    "Tahun LKE",
    "LKE tahun lain",
    "baca isian tahun yang sudah ditutup dan unduh LKE-nya",
)
PREPARE, OPEN_YEAR = "Siapkan tahun", "Buka tahun"
CLOSE, CLOSE_YES, STAY, BACK = "Tutup tahun", "Ya, tutup", "Jangan ditutup", "Tahun LKE"
REOPEN, REOPEN_YES, REOPEN_NO = "Buka kembali", "Ya, buka kembali", "Tetap ditutup"
RENEW, VALID, LOST, FRESH = "Bukti perlu baru", "Bukti ikut", "Tidak ikut", "Indikator baru"
CONFIRM, SCHEDULE, NOTES, STAGES = "Perlu dikonfirmasi", "Tugas rutin", "Catatan LHE", "Susun tahapan"
READ, FILE, OPEN_UNIT, RESULT_PART = "Baca", "Unduh LKE Excel", "Buka unit", "Hasil"
STILL_TRUE, OPEN = "Masih benar", "Buka"
DONE, DONE_ALREADY = "Dikonfirmasi.", "Jawaban ini sudah dikonfirmasi."
CLASH = "Jawaban itu baru saja diubah orang lain. Ini keadaan terbaru."
FILE_ASKED = "LKE sedang disiapkan."

WHY = {
    planning.OUTSIDE: "di luar rentang bukti",
    planning.EXPIRED: "masa berlakunya habis",
    planning.UNDATED: "belum bertanggal",
    planning.RETURNED: "diminta diperbaiki",
    planning.GONE: "ditarik instansi",
}


def day_of(at: Assessment, zone: str) -> date:
    """The day on which a year was closed, in the unit's zone."""
    assert at.archived_at is not None
    return fmt.local(at.archived_at, zone).date()


# the years -------------------------------------------------------------------------------------------


def years(found: Years) -> str:
    """A unit's years, and what can be done."""
    lines = [f"<b>{YEARS}</b>", fmt.esc(found.unit.name), ""]
    lines += [_year(found, row) for row in found.rows] or ["Belum ada LKE."]
    present = found.present
    if present is None:
        return "\n".join(lines)
    if present.archived_at is None:
        said = (
            f"Setelah LKE {present.year} selesai dinilai, tutuplah tahunnya. Isinya menjadi arsip yang hanya "
            f"dibaca, lalu LKE {present.year + 1} dapat dibuka dengan membawa jawaban, bukti yang masih "
            "berlaku, dan PIC."
        )
        if found.round and not found.may_close:
            said += (
                f"\n\n! Penilaian TPI putaran {found.round} belum disahkan. Tahun ini ditutup "
                "sesudahnya, atau oleh admin instansi bila putaran itu tidak dilanjutkan."
            )
    else:
        said = (
            f"LKE {present.year} hanya dibaca. Berikutnya: siapkan LKE {present.year + 1}; Anda melihat dulu "
            "apa yang ikut."
        )
    if not found.may_change:
        said = "Tahun ditutup dan dibuka koordinator unit atau admin instansi. Anda dapat membacanya."
    return "\n".join([*lines, "", said])


def _year(found: Years, row: Assessment) -> str:
    if row.archived_at is not None:
        return f"✓ {row.year}: ditutup {fmt.day_short(day_of(row, found.unit.zone))}, hanya dibaca"
    if row is found.present:
        return f"○ {row.year}: sedang dikerjakan"
    return f"○ {row.year}: tidak sedang dikerjakan, isinya tersimpan"


def close_ask(now: Standing) -> str:
    """Before a year is closed."""
    year = now.where.assessment.year
    lines = [f"<b>Tutup LKE {year}?</b>", fmt.esc(now.where.unit.name), ""]
    lines.append(f"Terjawab {now.answered} dari {now.items} isian, {now.approved} disetujui.")
    if now.round:
        lines.append(
            f"! Penilaian TPI putaran {now.round} belum disahkan dan berhenti bila tahun ini ditutup."
        )
    if now.waiting:
        lines.append(f"! {now.waiting} isian masih menunggu reviu; sesudah ditutup tidak direviu lagi.")
    lines += [
        "",
        "Sesudah ditutup, jawaban, penjelasan, bukti, reviu, dan nilai TPI tahun ini hanya dapat dibaca dan "
        "diunduh. Membukanya kembali hanya oleh admin instansi.",
    ]
    return "\n".join(lines)


def reopen_ask(where: Current, present: Assessment | None) -> str:
    """Before a closed year is opened again."""
    year = where.assessment.year
    lines = [f"<b>Buka kembali LKE {year}?</b>", fmt.esc(where.unit.name), ""]
    lines.append("Isinya dapat diubah lagi oleh tim. Pembukaan ini tercatat dalam jejak audit.")
    if present is not None and present.year != year:
        lines.append(
            f"LKE {present.year} tidak dikerjakan selama itu; isinya tetap tersimpan. Setelah selesai, tutup "
            f"lagi {year} lalu buka {present.year}: yang sudah ada di sana tidak ditimpa."
        )
    return "\n".join(lines)


def closed(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} ditutup. Isinya tetap bisa dibaca."


def closed_already(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} memang sudah ditutup."


def reopened(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} dibuka kembali."


def reopened_already(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} tidak sedang ditutup."


def opened_toast(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} dibuka."


def opened_already(year: int) -> str:
    """Plain text for a toast."""
    return f"LKE {year} sudah dibuka."


# the preview -----------------------------------------------------------------------------------------


def close_label(year: int) -> str:
    """ "Tutup tahun 2027"."""
    return f"{CLOSE} {year}"


def prepare_label(year: int) -> str:
    """ "Siapkan tahun 2028"."""
    return f"{PREPARE} {year}"


def open_label(year: int) -> str:
    """ "Buka tahun 2028"."""
    return f"{OPEN_YEAR} {year}"


def preview(plan: Plan) -> str:
    """What the next year would begin with."""
    before, unit = plan.before.assessment, plan.before.unit
    lines = [f"<b>Menyiapkan LKE {plan.year}</b>", f"{fmt.esc(unit.name)}, dari LKE {before.year}", ""]
    lines.append(f"Instrumen: {_instrument(plan)}")
    lines.append(
        f"Jawaban: {plan.answers} ikut, bertanda “dari tahun lalu, periksa” sampai dikonfirmasi"
        + (f"; {len(plan.lost)} tidak ikut" if plan.lost else "")
        + "."
    )
    lines.append(
        f"Bukti dukung: {len(plan.valid)} masih berlaku dan ikut, {len(plan.renew)} perlu yang baru "
        f"(rentang bukti {_days(plan.window)})."
    )
    left = f"; {plan.left} penunjukan tidak ikut karena orangnya tidak lagi dalam tim" if plan.left else ""
    lines.append(f"PIC: {len(plan.pics)} penunjukan ikut{left}.")
    lines.append(f"Sasaran: {before.target}, dapat diubah di Data unit.")
    lines.append(
        f"Tugas rutin: {plan.duties} mendapat tanggal lagi. Batas waktu dan tahapan disusun baru di Jadwal."
    )
    if plan.notes:
        lines.append(
            f"Catatan LHE {before.year}: {plan.notes} belum menjadi tugas, ditawarkan sesudah dibuka."
        )
    if plan.there is not None:
        lines.append(f"LKE {plan.year} sudah ada: yang sudah terisi di sana tidak ditimpa.")
    if plan.off:
        lines.append(f"Tidak berlaku: {len(plan.off)} tanda ikut dan ditanyakan lagi kepada pokjanya.")
    lines += ["", "Tidak ikut: hasil reviu, batas waktu, dan tugas tahun ini."]
    return "\n".join(lines)


def _instrument(plan: Plan) -> str:
    title = fmt.esc(plan.instrument.title)
    if plan.same_instrument:
        return f"{title}, tidak ada perubahan."
    return f"{title}, berubah: {len(plan.fresh)} bagian baru, {len(plan.lost)} isian tanpa padanan."


def items(plan: Plan, title: str, shown: list[Item], total: int) -> str:
    """Items that do not come along, or that are new."""
    lines = [f"<b>{title}: {total}</b>", f"LKE {plan.year}, {fmt.esc(plan.before.unit.name)}", ""]
    lines += [f"{item.number}  {fmt.esc(item.title)}" for item in shown]
    return "\n".join(lines)


def proofs(plan: Plan, title: str, shown: list[Proof], total: int) -> str:
    """Evidence that comes along, or of which something newer is needed, each with why."""
    lines = [f"<b>{title}: {total}</b>", f"Rentang bukti {plan.year}: {_days(plan.window)}", ""]
    if not total:
        return "\n".join([*lines, "Tidak ada."])
    for proof in shown:
        numbers = [item.number for use in proof.uses if (item := _old(plan, use.item_id)) is not None]
        why = f": {WHY[proof.why]}" if proof.why else ""
        said = fmt.cut(title_of(proof.piece), 80)
        dated = f" ({_when(proof.piece)})" if proof.piece.seen else ""
        lines.append(f"{'!' if proof.why else '✓'} {fmt.esc(said)}{dated}{why} · {', '.join(numbers[:4])}")
    return "\n".join(lines)


def title_of(piece: Piece) -> str:
    """The title as its reader may see it, plain."""
    return piece.evidence.title if piece.seen else "Bukti terbatas"


def _when(piece: Piece) -> str:
    day, span = piece.evidence.dated_on, span_of(piece.evidence.period)
    if span is not None:
        return span.name
    return fmt.day_short(day) if day is not None else "tanpa tanggal"


def _days(window: Window) -> str:
    return f"{fmt.day_short(window.first)} sampai {fmt.day_short(window.last)}"


def _old(plan: Plan, item_id: str) -> Item | None:
    node = plan.before.instrument.by_id.get(item_id)
    return node if isinstance(node, Indicator | ResultItem) else None


def opened(where: Current, before: Assessment | None, waiting: int, notes: int, *, here: bool) -> str:
    """The year is open: what comes now."""
    year = where.assessment.year
    lines = [f"<b>LKE {year} sedang dikerjakan</b>", fmt.esc(where.unit.name), ""]
    if waiting:
        lines.append(f"! {waiting} jawaban dari tahun lalu perlu dikonfirmasi. Belum dihitung terjawab.")
    else:
        lines.append("✓ Tidak ada jawaban dari tahun lalu yang menunggu konfirmasi.")
    if notes and before is not None:
        lines.append(f"! {notes} catatan LHE {before.year} belum menjadi tugas.")
    lines += ["", "Berikutnya: periksa jawaban area demi area, lalu susun tahapan dan batas waktu."]
    if not here:
        lines.append("Ketuk Buka unit untuk mengerjakannya.")
    return "\n".join(lines)


# an older year ---------------------------------------------------------------------------------------


def read(where: Current, total: str, answered: int, items: int, pieces: int) -> str:
    """One year, to be read."""
    at = where.assessment
    state = "belum ditutup"
    if at.archived_at is not None:
        state = f"ditutup {fmt.day_short(day_of(at, where.unit.zone))}, hanya dibaca"
    return (
        f"<b>LKE {at.year}</b>\n{fmt.esc(where.unit.name)} · {state}\n\n"
        f"Nilai mandiri {total}, terjawab {answered} dari {items} isian, {pieces} bukti dukung. "
        f"Sasaran {at.target}.\n\nPilih area untuk membacanya, atau unduh seluruhnya."
    )


def area(where: Current, name: str, lines: list[str], total: int) -> str:
    """One area of an older year."""
    head = f"<b>{fmt.esc(name)}</b>\nLKE {where.assessment.year}, {fmt.esc(where.unit.name)}"
    return "\n".join([head, "", *lines, "", f"{total} isian. Pilih nomor untuk membacanya."])


def item_line(one: Item, given: Answer | None, *, carried: bool) -> str:
    """One item in the list of its area, HTML."""
    if not stored.is_answered(one, given):
        return f"○ {one.number}  {fmt.esc(one.title)}: belum"
    sign, said = ("!", " · dari tahun lalu, belum dikonfirmasi") if carried else ("✓", "")
    return f"{sign} {one.number}  {fmt.esc(one.title)}: {fmt.esc(answer(one, given))}{said}"


def item(where: Current, one: Item, given: str, note: str, pieces: list[str]) -> str:
    """One item of an older year."""
    lines = [f"<b>{one.number}  {fmt.esc(one.title)}</b>", f"LKE {where.assessment.year}", ""]
    lines.append(f"Jawaban: <b>{fmt.esc(given)}</b>")
    lines.append(f"Penjelasan: {fmt.esc(note) if note else 'tidak ada'}")
    lines += ["", f"Bukti dukung: {len(pieces)}"]
    lines += [f"{number}  {fmt.esc(fmt.cut(title, 80))}" for number, title in enumerate(pieces[:12], 1)]
    return "\n".join(lines)


# confirming ------------------------------------------------------------------------------------------


def counts(found: Counts) -> str:
    """Where answers of the year before wait."""
    year = found.where.assessment.year
    if not found.total:
        place = f"{fmt.esc(found.where.unit.name)}, LKE {year}"
        return f"<b>Semua jawaban dari tahun lalu sudah diperiksa.</b>\n\n{place}"
    lines = [f"<b>{CONFIRM}: {found.total} jawaban</b>", f"{fmt.esc(found.where.unit.name)}, LKE {year}", ""]
    for which, count in found.areas:
        name = f"Area {which.no} {fmt.esc(which.name)}" if which is not None else "Hasil (survei dan kinerja)"
        lines.append(f"{'!' if count else '✓'} {name}: {count}")
    lines += [
        "",
        "Jawaban dan tanda tidak berlaku ini dibawa dari tahun lalu. Jawabannya ikut dalam nilai, tetapi "
        "belum dihitung terjawab sampai seseorang di pokjanya memeriksa.",
    ]
    if not found.own:
        lines.append("Yang memeriksa adalah pokja areanya dan koordinator unit.")
    return "\n".join(lines)


def listed(page: Listed) -> str:
    """One page of an area's answers that wait."""
    name = f"Area {page.area.no} {fmt.esc(page.area.name)}" if page.area is not None else RESULT_PART
    if not page.total:
        return f"<b>{name}: semua sudah diperiksa</b>\n\nLKE {page.where.assessment.year}"
    lines = [f"<b>{name}: {page.total} perlu dikonfirmasi</b>", f"LKE {page.where.assessment.year}", ""]
    for number, each in enumerate(page.shown, 1):
        off = f"tidak berlaku (“{fmt.cut(fmt.one_line(each.off), 120)}”)"
        given = fmt.esc(answer(each.item, each.answer) if each.answer is not None else off)
        lines.append(f"{number}  {each.item.number} {fmt.esc(each.item.title)}: <b>{given}</b>")
    may = any(each.may for each in page.shown)
    lines += ["", _how(may)]
    return "\n".join(lines)


def _how(may: bool) -> str:
    if not may:
        return "Dikonfirmasi pokja area ini atau koordinator unit. Ketik nomor untuk membukanya."
    return (
        "Masih benar: ketuk, atau ketik <i>benar 1, 3</i>. Sudah berubah: buka lalu pilih jawaban baru; "
        "cukup ketik nomornya."
    )


def confirmed(count: int) -> str:
    """Plain text for a toast."""
    return DONE if count == 1 else f"{count} jawaban dikonfirmasi."
