"""One piece of evidence, and what may be changed of it."""

from collections.abc import Sequence

from flows import fmt
from flows.evidence import doctor
from flows.evidence.service import OUTSIDE, Piece
from flows.evidence.sources import NEWER, WITHDRAWN
from flows.evidence.texts.labels import LINK_STATES, STATES, by, dated, months
from flows.evidence.texts.sent import finding
from flows.evidence.window import OF_AGENCY, OF_UNIT, Window
from flows.models import Evidence, EvidenceVersion, Person
from knowledge.answers import Item


def show(piece: Piece, uses: Sequence[tuple[Item, str, str]], window: Window, ago: str, binding: bool) -> str:
    """A piece in full. `uses`: each item with its example's name ("" for none) and the state there."""
    evidence, newest = piece.evidence, piece.newest
    lines = [f"<b>{fmt.esc(evidence.title)}</b>", ""]
    lines.append(f"Tanggal bukti: {dated(evidence.dated_on, evidence.period) or 'belum ada'}")
    if evidence.valid_until is not None:
        lines.append(f"Berlaku sampai: {fmt.day_long(evidence.valid_until)}")
    lines.append(f"Dikirim {by(piece.by, piece.behalf)}, {ago}")
    lines.append(_what(newest) + (f" · versi {newest.no}" if newest.no > 1 else ""))
    if piece.source:
        lines += _source(piece)
    if evidence.restricted:
        lines.append("Terbatas: hanya PIC, ketua pokja, koordinator unit, dan penilai yang ditugaskan.")
    lines.append("")
    for item, example, state in uses:
        as_what = f" ({fmt.esc(example)})" if example else ""
        lines.append(f"{item.number} {fmt.esc(item.title)}{as_what}: {STATES[state]}")
        if piece.use is not None and piece.use.item_id == item.id and piece.use.reason:
            lines.append(f"   Catatan reviu: {fmt.esc(piece.use.reason)}")
    if not uses:
        lines.append("Belum terpasang di indikator mana pun tahun ini.")
    if any(state == OUTSIDE for _, _, state in uses):
        lines += [
            "",
            f"Rentang bukti unit: {months(window)}.",
            "Untuk periode mana bukti ini? Ketuk Ubah data.",
        ]
    found = [finding(each) for each in doctor.of_version(newest, evidence)]
    if binding:
        found.append("Foto-fotonya sedang digabung menjadi satu PDF.")
    return "\n".join([*lines, "", *found] if found else lines)


def validity_prompt(evidence: Evidence) -> str:
    """The prompt for the last day on which it counts."""
    now = ""
    if evidence.valid_until is not None:
        now = f"Sekarang tercatat sampai {fmt.day_long(evidence.valid_until)}.\n"
    return (
        "Sampai kapan bukti ini berlaku?\n\n"
        f"{now}Untuk SK, sertifikat, atau perjanjian yang ada masa berlakunya. Ketik tanggalnya, misalnya: "
        "31 desember 2027, akhir tahun, atau 2 tahun lagi."
    )


def _source(piece: Piece) -> list[str]:
    """Where it comes from that the agency shares, and whether that still stands."""
    lines = [f"Sumber: bukti bersama dari instansi, versi {piece.evidence.shared_no or 1}."]
    if piece.source == NEWER:
        lines.append("! Instansi sudah memperbaruinya. Ketuk Pakai versi baru bila sesuai.")
    if piece.source == WITHDRAWN:
        lines.append(
            "! Instansi sudah menariknya. Lepaskan bila tidak berlaku lagi, dan siapkan penggantinya."
        )
    return lines


VALIDITY_BAD = "Tanggal itu belum terbaca. Contoh: 31 desember 2027."


def _what(version: EvidenceVersion) -> str:
    if version.kind == "link":
        state = LINK_STATES.get(version.link_state, LINK_STATES[""])
        return f"Tautan {state}: {fmt.esc(fmt.cut(version.url, 150))}"
    return f"Berkas: {fmt.esc(version.file_name)}"


def link_told(evidence: Evidence, version: EvidenceVersion, unit_name: str) -> str:
    """To who sent it: the link looks otherwise than it should."""
    how = "kini terbuka untuk umum" if evidence.restricted else "kini terkunci"
    lines = [f"Tautan bukti “{fmt.esc(fmt.cut(evidence.title, 80))}” {how}.", ""]
    seen = doctor.of_link(version.url, version.link_state, restricted=evidence.restricted)
    lines += [finding(seen)] if seen is not None else []
    return "\n".join([*lines, "", f"{fmt.esc(unit_name)} · {fmt.esc(fmt.cut(version.url, 120))}"])


def of_archive(year: int) -> str:
    """Why a piece of a closed year has no buttons to change it."""
    return (
        f"Bagian arsip LKE {year}, jadi isinya tidak diubah. Bila perlu yang terbaru, kirim sebagai bukti "
        "baru lalu lepaskan yang ini."
    )


def versions(evidence: Evidence, found: Sequence[tuple[EvidenceVersion, Person | None, str]]) -> str:
    """Every version, newest first."""
    lines = [f"Versi dari “{fmt.esc(evidence.title)}”", ""]
    for version, who, ago in found:
        lines.append(f"{version.no}  {_what(version)} · {by(who)}, {ago}")
    return "\n".join([*lines, "", "Tidak ada versi yang ditimpa. Pilih nomor untuk mengunduhnya."])


def caption(evidence: Evidence, version: EvidenceVersion) -> str:
    """With the file itself."""
    when = dated(evidence.dated_on, evidence.period)
    lines = [f"{fmt.esc(evidence.title)}" + (f" · {when}" if when else ""), ""]
    lines.append(f"Versi {version.no}.")
    if evidence.restricted:
        lines.append("Bukti terbatas: mohon tidak diteruskan.")
    return "\n".join(lines)


def edit(evidence: Evidence) -> str:
    """What may be changed."""
    lines = ["Apa yang diubah?", "", f"Judul: {fmt.esc(evidence.title)}"]
    lines.append(f"Tanggal: {fmt.day_short(evidence.dated_on) if evidence.dated_on else 'belum ada'}")
    lines.append(f"Periode: {dated(None, evidence.period) or 'menurut tanggalnya'}")
    lines.append(f"Terbatas: {'ya' if evidence.restricted else 'tidak'}")
    return "\n".join([*lines, "", "Berkasnya sendiri diganti lewat Ganti berkas."])


def replace(evidence: Evidence) -> str:
    """The prompt for a new version."""
    return (
        f"Kirim berkas atau tautan pengganti untuk “{fmt.esc(evidence.title)}”.\n\n"
        "Versi lama tetap tersimpan dan dapat diunduh."
    )


def title_prompt(evidence: Evidence) -> str:
    """The prompt for another title."""
    return f"Ketik judul baru.\n\nSekarang: {fmt.esc(evidence.title)}"


def detach_ask(evidence: Evidence, item: Item) -> str:
    """Asks before it is taken from an item."""
    return (
        f"Lepas “{fmt.esc(evidence.title)}” dari {item.number}?\n\n"
        "Berkasnya tetap ada, juga di indikator lain yang memakainya."
    )


def remove_ask(evidence: Evidence, numbers: Sequence[str]) -> str:
    """Asks before it goes."""
    used = f"Dipakai untuk {', '.join(numbers)}. " if numbers else ""
    return (
        f"Hapus “{fmt.esc(evidence.title)}” dari daftar bukti?\n\n"
        f"{used}Setelah dihapus, indikatornya kehilangan bukti ini; riwayatnya tetap tercatat."
    )


def window(name: str, span: Window, year: int) -> str:
    """The window, and whose it is."""
    whose = {OF_UNIT: "ditetapkan unit", OF_AGENCY: "ditetapkan instansi"}.get(span.source, "rentang biasa")
    lines = [f"Rentang bukti {fmt.esc(name)}, penilaian {year}: {months(span)}", ""]
    lines.append(f"Berlaku: {whose}.")
    lines.append(
        "Biasanya dua tahun: sejak 1 Januari tahun sebelum penilaian sampai batas pengajuan, atau 31 Mei."
    )
    lines += ["", "Bukti di luar rentang tetap disimpan; saya hanya menanyakan untuk periode mana."]
    return "\n".join(lines)


WINDOW_PROMPT = (
    "Dari kapan sampai kapan?\n\nKetik keduanya, misalnya: 1 januari 2026 sampai 31 mei 2027, atau "
    "januari 2026 - mei 2027."
)
WINDOW_BAD = (
    "Rentang itu belum terbaca. Contoh: 1 januari 2026 sampai 31 mei 2027. Rentang lama tetap dipakai."
)
