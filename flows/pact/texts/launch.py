"""Wording of the pencanangan: what must be ready, what was recorded, what is said of witnesses."""

from datetime import date

from flows import fmt
from flows.models import Launch
from flows.pact.service import View
from flows.pact.texts.pact import MOST
from knowledge.eligibility import Stage
from knowledge.faq import Entry

FIELD_BUTTONS = {
    "tanggal": "Tanggal acara",
    "piagam": "Tanggal piagam",
    "saksi": "Saksi",
    "publikasi": "Publikasi",
}


def launch(found: View, stage: Stage | None, entry: Entry | None, stage_open: bool) -> str:
    """What must be ready for the pencanangan, and what was recorded."""
    row = found.launch
    checks = (
        (found.most, f"Pakta integritas: {found.signed} dari {len(found.lines)} orang menandatangani"),
        (bool(row and row.charter_on), f"Piagam pencanangan ditandatangani: {_day(row, 'charter_on')}"),
        (bool(row and row.held_on), f"Pencanangan (komitmen dinyatakan terbuka): {_day(row, 'held_on')}"),
        (bool(row and row.published), f"Disebarluaskan ke masyarakat: {_text(row, 'published')}"),
    )
    done = sum(ready for ready, _ in checks)
    lines = [f"<b>Pencanangan: {done} dari {len(checks)} hal sudah ada.</b>", "", fmt.esc(found.unit.name)]
    lines += [f"{'✓' if ready else '○'} {said}" for ready, said in checks]
    lines += [f"Saksi atau tamu: {_text(row, 'witnesses')}", ""]
    if not found.most:
        lines.append(MOST)
    if stage_open and row is not None and row.held_on:
        lines.append("! Tahap pencanangan di jadwal belum ditandai selesai; buka Tahap pencanangan.")
    lines += _stage(stage)
    lines += _witnesses(entry)
    return "\n".join(lines)


def _stage(stage: Stage | None) -> list[str]:
    if stage is None:
        return []
    return [
        f"Siapa: {fmt.esc(stage.who)}. Waktu: {fmt.esc(stage.timing.lower())}.",
        *([f"Dasar: {fmt.esc(stage.rule)}"] if stage.rule else []),
    ]


def _witnesses(entry: Entry | None) -> list[str]:
    """What the old guideline said of witnesses, with its doubt."""
    if entry is None:
        return []
    said = [
        f"{fmt.esc(each.text)} ({fmt.esc('; '.join(each.rule))}; sampai {fmt.esc(each.until)})"
        for each in entry.formerly
    ]
    if entry.caution:
        said.append(f"! {fmt.esc(entry.caution)}")
    return ["", "<b>Tentang saksi</b>", *said] if said else []


def _day(row: Launch | None, name: str) -> str:
    day: date | None = getattr(row, name) if row is not None else None
    return fmt.day_short(day) if day is not None else "tanggal belum dicatat"


def _text(row: Launch | None, name: str) -> str:
    text: str = getattr(row, name) if row is not None else ""
    return fmt.esc(fmt.one_line(text)) if text else "belum dicatat"


_ASKS = {
    "tanggal": "Kapan pencanangannya dilakukan? Ketik tanggalnya, misalnya 12 Januari 2027.",
    "piagam": "Kapan piagam pencanangan ditandatangani? Ketik tanggalnya, misalnya 12 Januari 2027.",
    "saksi": "Siapa saksi atau tamu yang hadir? Cukup jabatan atau lembaganya, misalnya: Ombudsman "
    "perwakilan, tokoh masyarakat.",
    "publikasi": "Di mana pencanangan ini diumumkan? Tautan berita, media sosial, atau papan informasi.",
}


def field(name: str, value: date | str | None) -> str:
    """The prompt for one field."""
    text = [f"<b>{FIELD_BUTTONS[name]}</b>", _ASKS[name]]
    if value is not None:
        now = fmt.day_short(value) if isinstance(value, date) else fmt.esc(value)
        text.append(f"Sekarang: {now}")
    return "\n\n".join(text)
