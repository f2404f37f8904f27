"""Wording of letters: what they are filled with, their screens, and what is wrong with a template."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from flows import fmt
from flows.papers.letters import ROWS_CALLED, Letter

TARGETS = {"WBK": "Wilayah Bebas dari Korupsi", "WBBM": "Wilayah Birokrasi Bersih dan Melayani"}
ORDINARY, PLACE = "Biasa", "tempat"
ENCLOSED = {"pengantar": "1 (satu) berkas", "evaluasi": "1 (satu) berkas"}
NO_MEETING = "Rapat ini sudah tidak ada dalam daftar Anda. Pilih rapat lain, atau catat yang baru."
NOTHING_ASSESSED = (
    "TPI belum menilai LKE unit ini, jadi ringkasan hasil evaluasinya belum dapat disusun. Penilaian mandiri "
    "tetap dapat dikirim dengan surat pengantar."
)


def receiver(code: str, agency: str, unit: str) -> str:
    """To whom a letter goes."""
    return {
        "pengantar": f"Ketua Tim Penilai Internal {agency}",
        "evaluasi": f"Pimpinan {unit}",
        "undangan": f"Tim Pembangunan Zona Integritas {unit}",
    }.get(code, "")


def standing_in(acting: str) -> str:
    """The position of who signs, where only that much is known."""
    return f"{acting}. [jabatan penandatangan]" if acting else ""


def about_lke(target: str, year: int) -> str:
    """Hal of the covering letter."""
    return f"Penyampaian LKE Zona Integritas menuju {target} tahun {year}"


def about_result(target: str, year: int) -> str:
    """Hal of the summary of results."""
    return f"Ringkasan hasil evaluasi internal Zona Integritas menuju {target} tahun {year}"


def about_meeting(title: str) -> str:
    """Hal of an invitation."""
    return f"Undangan {title[:1].lower()}{title[1:]}"


def hours(time: str, zone: str) -> str:
    """When a meeting begins."""
    return f"{time} {zone} sampai selesai" if time else ""


def attended(count: int | None) -> str:
    """How many were there."""
    return f"{count} orang" if count is not None else ""


def state(met: bool) -> str:
    """Of a gate."""
    return "memenuhi" if met else "belum"


def signed(amount: str, difference: Fraction) -> str:
    """A difference with its sign: "+0,50"."""
    if not amount.strip("0,"):
        return amount
    return f"{'+' if difference > 0 else '−'}{amount}"


# screens -------------------------------------------------------------------------------------------

LABEL = "Surat (docx)"
ABOUT = "draf surat pengantar, SPTJM, ringkasan TPI, undangan, dan notula."
WHICH = "Pilih dulu surat yang ingin disusun."
MAKE, OTHERS, MEETINGS, NEW_MEETING = "Buat draf", "‹ Surat", "Pilih rapat", "Catat rapat"
TO_MEETING = "‹ Rapat"
LIST_HEAD = (
    "<b>Surat yang dapat disusun dari data unit.</b>\n\n"
    "Hasilnya draf Word yang Anda lengkapi: nomor, NIP, dan tanda tangan tetap dari Anda."
)
NO_MEETINGS = (
    "<b>Belum ada rapat yang tercatat.</b>\n\nUndangan dan notula disusun dari data rapat. "
    "Catat rapatnya dulu: cukup satu baris berisi nama, hari, dan tempat."
)
_MOST_SHOWN, _LONGEST = 9, 90
_PREVIEWED = (
    *("kepada", "hal", "rapat", "hari_tanggal", "waktu", "tempat", "jumlah_hadir", "nilai_total"),
    *("syarat_terpenuhi", "terisi", "dinilai", "jumlah_berkas", "tanggal_surat", "nama_penandatangan"),
)


def listing(letters: Sequence[tuple[str, str]]) -> str:
    """The letters with what each is."""
    lines = [f"<b>{fmt.esc(label)}</b>: {fmt.esc(about)}" for label, about in letters]
    return "\n\n".join([LIST_HEAD, "\n".join(lines)])


def meetings(label: str, found: Sequence[tuple[str, str]], first: int) -> str:
    """Which meeting the letter is of: title and day."""
    lines = [
        f"{number}  {fmt.esc(fmt.cut(title, 80))}{f', {day}' if day else ', tanggal belum diisi'}"
        for number, (title, day) in enumerate(found, first)
    ]
    return "\n".join([f"<b>{fmt.esc(label)}: untuk rapat yang mana?</b>", "", *lines])


def preview(letter: Letter, unit: str, facts: Mapping[str, Any], used: Collection[str], own: str) -> str:
    """What the draft will say, and what is left to people."""
    shown = [name for name in _PREVIEWED if name in used and name in letter.fields and facts.get(name)]
    known = [
        f"{letter.fields[name].capitalize()}: {fmt.esc(fmt.cut(fmt.one_line(str(facts[name])), _LONGEST))}"
        for name in shown[:_MOST_SHOWN]
    ]
    lists = [
        f"{ROWS_CALLED[name].capitalize()}: {len(facts[name])} baris"
        for name in letter.rows
        if name in used and facts.get(name)
    ]
    template = f"milik instansi ({fmt.esc(fmt.cut(own, 60))})" if own else "bawaan"
    return "\n".join(
        [
            f"<b>{fmt.esc(letter.label)}, {fmt.esc(fmt.cut(unit, 80))}</b>",
            "",
            "Terisi dari data:",
            *(f"✓ {line}" for line in (*known, *lists)),
            "",
            empty_line(filling_gaps(letter, used, facts)),
            f"Templat: {template}.",
            "",
            NOT_A_LETTER,
        ]
    )


def filling_gaps(letter: Letter, used: Collection[str], facts: Mapping[str, Any]) -> list[str]:
    """What the draft will leave open, by what it is called."""
    called = {**letter.fields, **{name: ROWS_CALLED[name] for name in letter.rows}}
    return [said for name, said in called.items() if name in used and not facts.get(name)]


NOT_A_LETTER = "Ini draf; baru menjadi surat setelah diberi nomor dan ditandatangani yang berwenang."


def empty_line(empty: Sequence[str]) -> str:
    """What is left to people."""
    if not empty:
        return "✓ Tidak ada isian yang kosong."
    return f"○ Masih kosong, lengkapi di Word: {', '.join(empty)}."


def caption(label: str, empty: Sequence[str], *, own_lost: bool) -> str:
    """Below the docx in the chat, HTML; nothing of it typed by people."""
    lines = [f"<b>{fmt.esc(label)}, draf</b>", "", empty_line(empty)]
    if empty:
        lines.append("Di berkasnya yang kosong bertanda kurung siku.")
    if own_lost:
        lines.append(
            "! Templat instansi tidak dapat dibuka, jadi dipakai templat bawaan. Beri tahu admin instansi."
        )
    return "\n".join([*lines, "", NOT_A_LETTER])


def file_name(label: str, unit: str) -> str:
    """The docx's name before it is made clean."""
    return f"Draf {label} {unit}"
