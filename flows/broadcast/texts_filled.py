"""The words of announcements that are made of three lines."""

from datetime import date, time

from flows import fmt

EMPTY = {
    "rapat": "Barisnya masih kosong. Contoh: jumat 29 jan jam 9 / aula / progres tiap area.",
    "bukti": "Barisnya masih kosong. Contoh: notula dan foto kampanye / area 5 / rabu depan.",
}
NO_DAY = "Waktunya belum terbaca di baris pertama. Contoh: jumat 29 jan jam 9."


def no_hour(day: date) -> str:
    """The day is clear, the hour is not."""
    return f"{fmt.day_long(day)}, jam berapa? Tulis lagi lengkap, misalnya: jumat 29 jan jam 9 / aula."


def meeting(day: str, clock: str, note: str, place: str, bring: str) -> str:
    """A meeting. Plain text."""
    lines = [f"Rapat monev ZI: {day}, {clock}{f' ({note})' if note else ''}."]
    lines += [f"Tempat: {place}"] if place else []
    lines += [f"Mohon disiapkan: {bring}"] if bring else []
    return "\n".join(lines)


def evidence(what: str, where: str, until: str) -> str:
    """Evidence that is missing. Plain text."""
    lines = [f"Bapak/Ibu, mohon lengkapi bukti dukung: {what.rstrip('.')}."]
    lines += [f"Untuk: {where}"] if where else []
    lines += [f"Paling lambat: {until}"] if until else []
    return "\n".join(lines)


def until(day: date, clock: time | None) -> str:
    """By when."""
    return f"{fmt.day_long(day)}, {clock:%H.%M}" if clock is not None else fmt.day_long(day)
