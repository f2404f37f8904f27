"""Penilaian saya, one unit's desk, and its lists."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.assess.service import ALL, DIFFERENT, UNVALUED, Desk, Line
from flows.assess.team import CONTROL, LEAD, MEMBER, Assigned
from flows.item_words import Reader, answer
from flows.models import TpiRound
from knowledge.instrument import Instrument

MINE, CARD, COMPARE, FINDINGS = "Penilaian saya", "Nilai TPI", "Nilai berdampingan", "Catatan TPI"
EVERYTHING, EXCEL, PROPOSE = "Semua isian", "Lewat Excel", "Siap diusulkan?"
CUTOFF, SIGN, OPEN_NEXT, TO_DESK = "Batas isi", "Pengesahan", "Buka putaran", "‹ Meja penilaian"
TIERS = {MEMBER: "anggota TPI", LEAD: "ketua TPI", CONTROL: "pengendali teknis"}
TITLES = {DIFFERENT: "Nilai TPI beda dengan unit", UNVALUED: "Belum dinilai", ALL: "Semua bagian Anda"}
NOBODY = (
    "<b>Anda belum ditugaskan menilai unit.</b>\n\nPenugasan diatur admin instansi. Setelah ditunjuk, "
    "unit dan isian yang menunggu Anda muncul di sini."
)


def waiting(count: int) -> str:
    """Label of the list of what is to be judged."""
    return f"Belum dinilai ({count})"


def different(count: int) -> str:
    """Label of the list of differences."""
    return f"Beda ({count})"


def queue(desks: Sequence[Desk], reader: Reader) -> str:
    """Penilaian saya."""
    if not desks:
        return NOBODY
    busy = sum(each.since is not None for each in desks)
    head = f"{busy} unit menunggu penilaian Anda" if busy else "Tidak ada yang menunggu penilaian Anda"
    lines = [f"<b>{head}</b>", "", "Yang paling lama menunggu ada di atas."]
    for number, each in enumerate(desks, 1):
        who = f" · Anda {TIERS[each.own.row.tier]}" if each.own is not None else ""
        lines += [
            "",
            f"{number}  <b>{fmt.esc(each.where.unit.name)}</b>{who}",
            f"   {_waiting(each, reader)}",
        ]
    return "\n".join([*lines, "", "Ketuk nomornya untuk menilai."])


def _waiting(each: Desk, reader: Reader) -> str:
    said = [round_name(each.row)]
    if each.waiting:
        said.append(f"{len(each.waiting)} belum dinilai")
    if each.different:
        said.append(f"{len(each.different)} beda")
    if each.replies:
        said.append(f"{len(each.replies)} tanggapan menunggu Anda")
    if each.signs:
        said.append("menunggu pengesahan Anda")
    if each.since is not None:
        said.append(f"menunggu sejak {reader.when(each.since)}")
    return " · ".join(said)


def round_name(row: TpiRound | None) -> str:
    """ "putaran 1, berjalan"."""
    if row is None:
        return "belum dimulai"
    state = "disahkan" if row.closed_at else "menunggu pengendali teknis" if row.led_at else "berjalan"
    return f"putaran {row.no}, {state}"


def unit(now: Desk, reader: Reader, today: date) -> str:
    """One unit's desk."""
    where = now.where
    lines = [f"<b>Penilaian TPI: {fmt.esc(where.unit.name)}, {where.assessment.year}</b>", ""]
    name = round_name(now.row)
    lines.append(f"{name[:1].upper()}{name[1:]}.")
    if now.row is not None and now.row.cutoff_on is not None and now.row.closed_at is None:
        lines.append(f"Batas isi unit: {fmt.day_long(now.row.cutoff_on)} ({_far(now.row.cutoff_on, today)}).")
    if now.own is not None:
        lines.append(f"Anda: {TIERS[now.own.row.tier]}, {areas_of(now.own.row.areas, where.instrument)}.")
    elif now.team:
        lines.append("Anda penilai unit ini, tetapi belum punya bagian dalam timnya.")
    lines += ["", *_counts(now)]
    if now.signs:
        lines += ["", f"Giliran Anda: periksa, lalu sahkan atau kembalikan lewat {SIGN}."]
    elif now.locked:
        lines += ["", fmt.esc(now.locked)]
    lines += ["", team_line(now.team, reader)]
    if not now.locked:
        lines += [
            "",
            "Nilai dapat diisi di sini, atau di kolom TPI pada LKE Excel lalu kirim kembali berkasnya.",
        ]
    return "\n".join(lines)


def _far(day: date, today: date) -> str:
    return fmt.distance(day, today)


def _counts(now: Desk) -> list[str]:
    valued = sum(line.theirs is not None and not line.fed for line in now.lines)
    lines = [f"Bagian Anda: {valued} isian sudah dinilai, {len(now.waiting)} belum."]
    blank = sum(line.own is None and line.theirs is None and not line.fed for line in now.lines)
    if blank:
        lines.append(f"{blank} lainnya belum dijawab unit.")
    if now.different:
        lines.append(f"{len(now.different)} nilai beda dengan jawaban unit.")
    drafts = sum(each.state == "draft" for each in now.findings)
    open_now = sum(each.state == "open" for each in now.findings)
    said = [
        *([f"{drafts} rancangan"] if drafts else []),
        *([f"{open_now} menunggu tanggapan unit"] if open_now else []),
        *([f"{len(now.replies)} tanggapan menunggu keputusan"] if now.replies else []),
    ]
    return [*lines, *([f"Catatan: {', '.join(said)}."] if said else [])]


def team_line(found: Sequence[Assigned], reader: Reader) -> str:
    """Who is in the team, HTML."""
    if not found:
        return "Tim TPI unit ini belum dibentuk; semua penilainya dapat menilai. Pengesahan memerlukan tim."
    named = "; ".join(f"{fmt.esc(reader.name(e.person))} ({TIERS[e.row.tier]})" for e in found)
    return f"Tim TPI: {named}."


def areas_of(ids: Sequence[str], instrument: Instrument) -> str:
    """ "semua area" or "Area 1, Area 5, Hasil"."""
    if not ids:
        return "semua area"
    names = {area.id: f"Area {area.no}" for area in instrument.areas}
    return ", ".join(names.get(each, "Hasil") for each in ids)


def listed(now: Desk, which: str, shown: Sequence[Line], total: int, first: int) -> str:
    """A page of items."""
    head = TITLES.get(which) or areas_of([which], now.where.instrument)
    lines = [f"<b>{head}: {total} isian</b>", "", fmt.esc(now.where.unit.name), ""]
    if not total:
        lines.append("Tidak ada isian pada daftar ini.")
        return "\n".join(lines)
    for number, each in enumerate(shown, first):
        lines.append(f"{number}  {each.item.number}  {fmt.esc(fmt.cut(each.item.title, 70))}")
        lines.append(f"   {sides(each)}")
    return "\n".join([*lines, "", "Pilih nomor untuk membukanya."])


def sides(line: Line) -> str:
    """ "unit B · TPI C", HTML."""
    own = fmt.esc(answer(line.item, line.own)) if line.own is not None else "belum ada"
    if line.fed:
        return f"dari survei: {own}"
    theirs = fmt.esc(answer(line.item, line.theirs)) if line.theirs is not None else "belum dinilai"
    return f"unit {own} · TPI {theirs}"
