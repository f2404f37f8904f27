"""Wording of the invitation sheets."""

from collections.abc import Sequence
from datetime import date

from flows import fmt

LABEL, ABOUT = "Lembar undangan", "QR undangan pribadi bagi yang belum bergabung, siap digunting"
SHEET, TEXT, SHEET_BELOW = "Cetak PDF", "Salin teks", "PDF dengan unit di bawah"
LIST = "Unit lain"
NOBODY = "Semua orang yang tercatat di sini sudah bergabung, jadi tidak ada undangan yang perlu dicetak."
KIND = "Undangan pribadi"
HOW = "Pindai dengan kamera ponsel, ketuk Mulai, lalu Setuju."
ONLY = "Hanya untuk Anda. Jangan diteruskan atau diunggah."


def units(agency: str, lines: Sequence[str], people: int, total: int) -> str:
    """Units with people who have not joined."""
    if not lines:
        return (
            f"Semua orang yang tercatat di {fmt.bold(agency)} sudah bergabung.\n\n"
            "Orang dari tabel impor yang belum punya akun akan tampil di sini."
        )
    return (
        f"<b>{fmt.number(people, 0)} orang belum bergabung</b>, di {total} unit {fmt.esc(agency)}.\n\n"
        "Ketuk nomornya untuk mencetak atau menyalin undangannya.\n\n" + "\n".join(lines)
    )


def unit_line(number: int, name: str, people: int) -> str:
    """One unit."""
    return f"{number}  {fmt.esc(fmt.cut(name, 80))} · {people} orang"


def unit(name: str, people: int, below: int) -> str:
    """Ways to hand out the invitations of a unit."""
    if not people and not below:
        return f"Undangan pribadi {fmt.bold(name)}\n\n{NOBODY}"
    more = f"\nBersama unit di bawahnya: {below} orang." if below > people else ""
    return (
        f"Undangan pribadi {fmt.bold(name)}: {people} orang belum bergabung.{more}\n\n"
        f"{SHEET}: lembar A4 dengan QR, nama, dan peran, siap digunting.\n"
        f"{TEXT}: nama dan tautannya untuk dikirim satu per satu.\n\n"
        "Tiap undangan berlaku 30 hari untuk satu orang. Serahkan langsung kepada orangnya, jangan ke grup."
    )


def paste(unit: str, lines: Sequence[str], until: str, page: int, pages: int) -> str:
    """The text to paste, plain."""
    part = f" ({page + 1} dari {pages})" if pages > 1 else ""
    return f"Undangan pribadi {unit}{part}, berlaku sampai {until}\n\n" + "\n\n".join(lines)


def paste_line(name: str, role: str, url: str) -> str:
    """One person in the text to paste."""
    return f"{name} ({role})\n{url}"


def pasted(block: str) -> str:
    """The screen with the text to paste."""
    return f"Kirim tiap tautan hanya kepada orangnya.\n\n{block}"


def until(day: date) -> str:
    """How long a slip works."""
    return f"Berlaku sampai {fmt.day_short(day)}."


def caption(unit: str, people: int) -> str:
    """Beside the PDF."""
    return (
        f"Lembar undangan {fmt.bold(fmt.cut(unit, 120))}: {people} orang.\n\n"
        "Gunting pada garis putus-putus, lalu serahkan kepada orangnya. "
        "Yang sudah bergabung tidak ikut dicetak."
    )
