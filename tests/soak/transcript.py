"""Writes docs/SETAHUN.md: a year of one member and one coordinator, as the engine sent it.

python -m tests.soak.transcript
"""

import html
import re
import tempfile
from datetime import date, datetime
from pathlib import Path

from bot.db import Database
from bot.migrate import migrate
from flows import fmt
from knowledge.library import load_library
from tests.soak.people import FIRST_DAY, LAST_DAY, ZONES, Somebody, settle
from tests.soak.year import Year

OUT = Path(__file__).parents[2] / "docs" / "SETAHUN.md"
SEED = 2027
MEASURED = (
    "`SOAK_UNITS=40 python -m pytest -s tests/soak/test_year.py`, 30 November 2026: 40 unit, 480 orang, "
    "setahun penuh, benih 2027. Hari yang seharusnya dihitung terpisah, tanpa kode bot; yang sebenarnya "
    "dibaca dari pesannya.",
    "",
    "| Yang dihitung | Hasil |",
    "|---|---|",
    "| pesan | 12.054 |",
    "| pesan per orang per minggu | 0,49 (koordinator unit 0,74, ketua pokja 0,47, anggota 0,45) |",
    "| paling banyak untuk satu orang dalam satu minggu | 5 |",
    "| terlewat | 0 |",
    "| dua kali | 0 |",
    "| tentang hal yang sudah selesai | 0 |",
    "| pada jam tenang, akhir pekan, hari libur, cuti bersama, atau cuti orangnya | 0 |",
    "| waktu dan memori | 235 detik CPU (12 menit di mesin dua inti yang sibuk), 253 MB |",
    "",
    "Demo yang dimajukan setahun sekaligus, tiap pesan dibuat dan dikirim pada waktunya: 247 detik di "
    "mesin sibuk yang sama. Satu detak pengingat dengan 10.000 unit dan 1.000.000 baris batas waktu "
    "(`python -m tests.bench tick`, SQLite): 17 ms CPU pada malam hari, 200 ms ketika ringkasan tiga zona "
    "dimulai, 14 ms sesudahnya; 25 unit berikutnya diputuskan dalam 427 ms. Dua ratus unit dengan "
    "2.400 orang (`SOAK_UNITS=200`, hari berikutnya): 61.786 pesan, 0,50 per orang per minggu (koordinator "
    "unit 0,75, ketua pokja 0,49, anggota 0,46), paling banyak 5 seminggu; terlewat, dua kali, tentang yang "
    "sudah selesai, dan pada jam atau hari libur: 0; 1.100 detik CPU.",
)
"""What `tests/soak/test_year.py` found when it was last run; written down by hand after a run."""


def write() -> str:
    """The document, from a fresh run."""
    with tempfile.TemporaryDirectory(prefix="pandu-setahun-") as folder:
        db = Database(f"sqlite:///{Path(folder) / 'tahun.sqlite3'}")
        migrate(db)
        library = load_library()
        with db.writing() as session:
            town = settle(session, library, 1, SEED)
        year = Year(db, library, town, SEED)
        year.run()
        db.close()
    people = list(town.people.values())
    member = max((p for p in people if p.role == "anggota"), key=lambda p: (bool(p.leave), -p.id))
    coordinator = next(p for p in people if p.role == "koordinator")
    average, roles, most = year.per_week()
    names = {"koordinator": "koordinator unit", "ketua": "ketua pokja", "anggota": "anggota"}
    by_role = ", ".join(f"{names[r]} {fmt.short_number(n)}" for r, n in sorted(roles.items()))
    parts = [
        "# Setahun bersama pengingat",
        "",
        "Dibuat oleh `python -m tests.soak.transcript` dari mesin yang sama dengan bot: satu unit contoh, "
        f"dua belas orang, {fmt.day_short(FIRST_DAY)} sampai {fmt.day_short(LAST_DAY)}. Pekerjaan selesai, "
        "janji, cuti, dan hari ketika bot mati datang secara acak dari benih tetap. Tidak ditulis tangan. "
        "Angka di belakang judul tugas, misalnya 8-3, hanya pembeda.",
        "",
        f"Pesan per orang per minggu: rata-rata {fmt.short_number(average)} ({by_role}); paling banyak dalam "
        f"satu minggu {most}. Hari kerja saja, pukul 08.30 waktu setempat. Semua nama adalah contoh.",
        "",
        f"Bot mati pada {_days(year.down)}. Pesan tertahan sampai malam pada {_days(year.unsent)}.",
        "",
        "## Diukur",
        "",
        *MEASURED,
    ]
    for person, title in ((member, "Anggota"), (coordinator, "Koordinator unit")):
        parts += ["", f"## {title}", "", *_of(year, person)]
    return "\n".join(parts) + "\n"


def _days(days: set[date]) -> str:
    return ", ".join(f"{d.day}/{d.month}" for d in sorted(days)) or "tidak pernah"


def _of(year: Year, person: Somebody) -> list[str]:
    """Everything sent to one person and said by them, in order of time."""
    told = [(t.at, _plain(t.text), "") for t in year.told if t.person == person.id]
    said = [(at, answer, words) for who, at, words, answer in year.said if who == person.id]
    weeks = ((LAST_DAY - FIRST_DAY).days + 1) / 7
    lines = [f"{len(told)} pesan setahun, {fmt.short_number(len(told) / weeks)} per minggu.", ""]
    month = 0
    for at, text, words in sorted(told + said, key=lambda each: each[0]):
        here: datetime = at.astimezone(ZONES[person.zone])
        if here.month != month:
            month = here.month
            lines += [f"### {fmt.day_short(here.date()).split(' ', 1)[1]}", ""]
        lines += [f"**{fmt.day_long(here.date())}, {here:%H.%M} {person.zone}**", ""]
        if words:
            lines += [f"Orangnya: {words}", ""]
        lines += [f"> {line}".rstrip() + ("  " if line else "") for line in text.split("\n")]
        lines.append("")
    return lines[:-1]


def _plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


if __name__ == "__main__":
    OUT.write_text(write(), "utf-8")
