"""What is said about something that was just sent."""

from collections.abc import Sequence

from flows import fmt
from flows.evidence import doctor, findings
from flows.evidence.choosing import Choice
from flows.evidence.findings import Finding
from flows.evidence.intake import TAKEN, View
from flows.evidence.service import ItemEvidence
from flows.evidence.summary import small
from flows.evidence.texts.labels import dated, heading, months
from flows.models import Evidence, Intake
from knowledge.answers import Item

_NUMBER_EXAMPLE = "5 i a"
PERSONAL = (
    "Bila isinya memuat data pribadi (nama dan nomor responden, pelapor, hukuman disiplin), jangan dibuka "
    "untuk umum; beri akses ke alamat surel penilai saja."
)
LOCKED = f"Ubah akses folder, lalu ketuk Cek lagi. {PERSONAL}"


def amount(row: Intake, usable: int) -> str:
    """ "3 foto", "1 tautan", "2 berkas", plain."""
    if row.url:
        return "Tautan"
    photos = [part for part in row.parts if part.get("sha256") and part.get("kind") == "photo"]
    return f"{usable} foto" if usable and len(photos) == usable else f"{usable} berkas"


def examining(view: View, long: bool) -> str:
    """While the job looks at it; `long`: it should have been over by now."""
    row, count = view.row, len(view.row.parts)
    what = "Tautan" if row.url else "Berkas" if count == 1 else f"{count} berkas"
    if long:
        return (
            f"{what} diterima, tetapi pemeriksaannya lebih lama dari biasanya.\n\n"
            "Tidak ada yang hilang, dan belum ada yang disimpan sebagai bukti. Ketuk Coba lagi."
        )
    lines = [f"{what} diterima, sedang diperiksa.", ""]
    lines.append("Belum ada yang disimpan sebagai bukti; sebentar lagi layar ini berganti sendiri.")
    return "\n".join(lines)


def ready(view: View, choice: Choice, known: Evidence | None, known_seen: bool, unit_name: str = "") -> str:
    """What would be saved, and what to do."""
    row = view.row
    got = "Tautan diterima." if row.url else f"{amount(row, len(view.usable))} diterima."
    if view.item is not None and not view.may_save and not row.proposal.get("item"):
        lines = [TAKEN]
    elif choice.item is None:
        lines = [f"{got} Untuk indikator mana?"]
    else:
        when = dated(choice.day, choice.period)
        recorded = f"{small(choice.document)}{f', {when}' if when else ''}"
        lines = [f"{got} Saya catat sebagai {fmt.esc(recorded)}, untuk {choice.item.number}."]
        lines += ["", heading(choice.item)]
    if unit_name:
        lines.append(f"Unit: {fmt.esc(unit_name)}")
    lines += _details(view, choice)
    lines += _found(view, known, known_seen, choice.restricted)
    if choice.ask_period and choice.day is not None:
        lines += [
            "",
            f"Dokumen ini bertanggal {fmt.day_short(choice.day)}. "
            f"Rentang bukti unit: {months(choice.window)}.",
            "Untuk periode mana?",
        ]
        return "\n".join(lines)
    lines += ["", _how(choice)]
    return "\n".join(lines)


def _details(view: View, choice: Choice) -> list[str]:
    lines = []
    if choice.item is not None and choice.title != choice.document:
        lines.append(f"Judul: {fmt.esc(choice.title)}")
    if view.row.url:
        lines.append(f"Alamat: {fmt.esc(fmt.cut(view.row.url, 120))}")
    if choice.other is not None and view.item is None and not view.row.proposal.get("item"):
        lines.append(f"Kemungkinan lain: {choice.other.number} {fmt.esc(choice.other.title)}")
    if choice.restricted:
        lines.append("Terbatas: hanya PIC, ketua pokja, koordinator unit, dan penilai yang dapat membukanya.")
    return lines


LINK_FINDINGS = frozenset({findings.LINK_LOCKED, findings.LINK_UNKNOWN, findings.LINK_SHORT})


def _found(view: View, known: Evidence | None, known_seen: bool, restricted: bool) -> list[str]:
    lines: list[str] = []
    row = view.row
    link = doctor.of_link(row.url, str(row.proposal.get("link_state", "")), restricted=restricted)
    found = [each for each in view.findings if each.code not in LINK_FINDINGS]
    for each in [link, *found] if row.url and link is not None else found:
        if each.code == findings.DUPLICATE:
            if known is None:
                continue
            if not known_seen:
                each = Finding(each.code, {**each.facts, "title": "terbatas", "where": ""})
        lines.append(finding(each))
    return ["", *lines] if lines else []


def finding(each: Finding) -> str:
    """One finding of the doctor with its fix, HTML."""
    mark = "" if each.code in findings.SETTLED else "! "
    text = f"{mark}{fmt.esc(each.sentence)} {fmt.esc(each.fix)}"
    if each.code == findings.LINK_LOCKED:
        text += f" {PERSONAL}"
    return text


def _how(choice: Choice) -> str:
    if choice.item is None:
        return f"Pilih di bawah, atau ketik nomornya, misalnya: {_NUMBER_EXAMPLE}"
    if choice.day is None and not choice.period:
        return "Ketik tanggal kegiatannya, misalnya: 12 januari. Atau simpan tanpa tanggal."
    return (
        "Sudah benar? Ketuk atau ketik ya. Kalau belum, ketik perbaikannya, misalnya: tanggal 14 jan, "
        f"atau nomor indikator lain: {_NUMBER_EXAMPLE}."
    )


def version(view: View, evidence: Evidence) -> str:
    """What was sent is meant as a new version."""
    lines = [f"Jadikan versi baru dari “{fmt.esc(evidence.title)}”?", ""]
    lines.append(f"Yang diterima: {amount(view.row, len(view.usable)).lower()}.")
    lines += _found(view, None, True, evidence.restricted)
    lines += ["", "Versi lama tetap tersimpan. Reviu atas versi lama tidak berlaku untuk yang baru."]
    return "\n".join(lines)


def failed(view: View) -> str:
    """Nothing of it can be kept, each with its reason."""
    row = view.row
    found = view.findings
    if len(row.parts) <= 1 and found:
        first, *rest = found
        lines = [fmt.esc(first.sentence), "", fmt.esc(first.fix), *(finding(each) for each in rest)]
    else:
        lines = [f"{len(row.parts)} berkas belum dapat disimpan.", "", *(finding(each) for each in found)]
    return "\n".join([*lines, "", "Bukti yang sudah ada tidak berubah."])


def ended(saved: bool) -> str:
    """It is over, and nothing more is to be done with it."""
    if saved:
        return "Kiriman ini sudah tersimpan sebagai bukti.\n\nKeadaan terbarunya ada di daftar bukti."
    return "Kiriman ini sudah dibatalkan.\n\nKirim lagi berkas atau tautannya bila masih diperlukan."


def saved(
    row: Intake,
    found: ItemEvidence | None,
    claim: Sequence[str],
    waiting: int,
    duplicate: bool,
    restricted: bool = False,
) -> str:
    """It is saved, what is still missing, and the next step. `claim` are lines of that next step, HTML."""
    photos = [p for p in row.parts if p.get("sha256") and p.get("kind") == "photo"]
    usable = [p for p in row.parts if p.get("sha256")]
    if duplicate:
        said = "✓ Bukti yang sudah ada dipasang di indikator ini."
    elif len(photos) > 1 and len(photos) == len(usable):
        said = "✓ Tersimpan sebagai satu PDF."
    elif len(usable) - len(photos) > 1 or (photos and len(usable) > len(photos)):
        said = f"✓ {len(usable) - len(photos) + bool(photos)} bukti tersimpan."
    else:
        said = "✓ Tersimpan."
    if row.url and restricted and row.proposal.get("link_state") in ("open", "locked"):
        seen = doctor.of_link(row.url, str(row.proposal["link_state"]), restricted=True)
        assert seen is not None
        return "\n".join(["✓ Tautan tersimpan sebagai bukti terbatas.", "", finding(seen)])
    if row.url and row.proposal.get("link_state") == "locked":
        return "\n".join(
            ["Tautan tersimpan, tetapi masih terkunci: penilai akan diminta masuk akun.", "", LOCKED]
        )
    lines = [said]
    if found is not None:
        lines[0] += f" {now(found)}"
        missing = [small(found.item.evidence[place]) for place in found.expected_missing]
        if missing:
            lines += ["", f"Belum ada: {fmt.esc('; '.join(missing))}."]
    lines += ["", *claim]
    if waiting:
        lines += ["", f"Masih ada {waiting} kiriman lain yang menunggu keputusan Anda."]
    return "\n".join(lines)


def now(found: ItemEvidence) -> str:
    """ "Bukti dukung sekarang 3 dari 3."; counts alone where nothing is expected."""
    if not found.needed:
        return f"Bukti dukung sekarang {len(found.uses)}."
    extra = f", ditambah {len(found.others)} lainnya" if found.others else ""
    return f"Bukti dukung sekarang {found.got} dari {len(found.needed)}{extra}."


NOTE_NEXT = "Tinggal penjelasan singkat. Tulis tiga baris: kegiatannya, seberapa sering, hasilnya."
REVIEW_NEXT = "Penjelasan sudah ada. Kirim untuk direviu bila semuanya sudah benar."
MORE_NEXT = "Kirim lagi bila masih ada berkas lain untuk indikator ini."

DATE_PROMPT = (
    "Tanggal kegiatan atau dokumennya?\n\n"
    "Ketik seperti biasa, misalnya: 14 jan, 14/1/2027, atau kemarin. Yang dicatat adalah tanggal kegiatan, "
    "bukan tanggal kirim."
)
PERIOD_PROMPT = (
    "Untuk periode mana?\n\n"
    "Pilih di bawah, atau ketik, misalnya: TW III 2026, semester 1 2026, Januari 2027, atau 2026."
)
DATE_BAD = "Tanggal itu belum terbaca. Contoh: 14 januari 2027."
PERIOD_BAD = "Periode itu belum terbaca. Contoh: TW III 2026, Januari 2027, atau 2026."
CANCEL_ASK = (
    "Batalkan kiriman ini?\n\n"
    "Berkasnya tidak akan disimpan sebagai bukti. Pesan Anda di obrolan ini tetap ada."
)
NONE_WAITING = "Tidak ada kiriman yang menunggu keputusan Anda.\n\nKirim foto, PDF, atau tautan kapan saja."


def waiting(total: int) -> str:
    """Several things that were sent and wait."""
    return f"<b>{total} kiriman menunggu keputusan Anda</b>\n\nTidak ada yang hilang. Buka satu per satu."


def waiting_label(row: Intake) -> str:
    """One of them on a button."""
    name = row.caption or row.url or next((str(p["name"]) for p in row.parts), "Kiriman")
    count = f"{len(row.parts)} berkas · " if len(row.parts) > 1 else ""
    return fmt.cut(f"{count}{fmt.one_line(name)}", 38)


def where(name: str) -> str:
    """The choice of an item, one step down."""
    how = f"Pilih di bawah, atau ketik nomor indikatornya, misalnya: {_NUMBER_EXAMPLE}"
    return f"<b>{fmt.esc(name)}</b>\n\n{how}"


def what(item: Item) -> str:
    """The choice of the document."""
    lines = [f"Dokumen apa ini untuk {item.number}?", ""]
    lines += [f"{n}  {fmt.esc(text)}" for n, text in enumerate(item.evidence, 1)]
    return "\n".join([*lines, "", "Contoh ini dari praktik, bukan daftar wajib. Di luar itu, pilih Lainnya."])
