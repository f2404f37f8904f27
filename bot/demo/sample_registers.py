"""Sample rows (contoh): five months of complaints, two agents of change, an innovation, reports of wealth."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows import fmt
from flows.models import Person, RegisterEntry, Unit
from flows.registers.kinds import AGEN, INOVASI, LAPOR, LHKAN, LHKPN

COMPLAINTS = ((14, 1, 0, 3, 9), (9, 2, 1, 2, 8), (12, 3, 1, 2, 11), (8, 0, 0, 1, 6), (6, 1, 0, 1, 5))
"""Newest month first: finished, under way, untouched, berkadar pengawasan, tidak berkadar; the rest asked."""


def sample(session: Session, unit: Unit, persons: Sequence[Person | None], now: datetime) -> None:
    """Write the registers as the team would have kept them until last month."""
    keeper = next((person.id for person in persons if person is not None), None)
    today = fmt.local(now, unit.zone).date()

    def keep(kind: str, slot: str | None, content: Mapping[str, int | str]) -> None:
        at = now - timedelta(days=8)
        row = RegisterEntry(unit_id=unit.id or 0, kind=kind, slot=slot, content=dict(content), added_at=at,
                            added_by=keeper, changed_at=at, changed_by=keeper)  # fmt: skip
        session.add(row)

    month = today.replace(day=1)
    for done, going, untouched, audit, plain in COMPLAINTS:
        month = (month - timedelta(days=1)).replace(day=1)
        counts = {"selesai": done, "proses": going, "belum": untouched, "pengawasan": audit, "biasa": plain}
        rest = done + going + untouched - audit - plain
        keep(LAPOR, f"{month:%Y%m}", {**counts, "aspirasi": 0, "informasi": rest})
    begun = today - timedelta(days=90)
    keep(AGEN, None, {
        "agen": "Kepala Seksi Layanan (contoh)",
        "perubahan": "Antrean daring untuk semua loket",
        "sebelum": "Pemohon datang sejak pagi, menunggu sekitar 2 jam",
        "sesudah": "Pemohon memilih jam, menunggu sekitar 20 menit",
        "tanggal": begun.isoformat(),
        "terintegrasi": "ya",
    })  # fmt: skip
    keep(AGEN, None, {
        "agen": "Pranata Komputer (contoh)",
        "perubahan": "Arsip surat masuk dipindai pada hari yang sama",
        "tanggal": (begun + timedelta(days=20)).isoformat(),
        "terintegrasi": "belum",
    })  # fmt: skip
    keep(INOVASI, None, {
        "nama": "Loket Antar (contoh)",
        "masalah": "Warga lanjut usia sulit datang ke kantor",
        "sebelum": "Semua permohonan diajukan di loket",
        "sesudah": "Petugas datang dua kali seminggu, dokumen selesai di tempat",
        "pengguna": "Warga lanjut usia dan penyandang disabilitas, sekitar 40 orang sebulan",
        "dampak": "Waktu pengurusan turun dari 3 hari menjadi 1 hari",
        "layanan": 2,
    })  # fmt: skip
    keep(LHKPN, f"{today.year}", {"kepala": 1, "pejabat": 2, "lainnya": 1, "sudah": 4, "tepat": 4})
    keep(LHKAN, f"{today.year}", {"administrator": 2, "pengawas": 5, "fungsional_pelaksana": 31, "sudah": 37,
                                  "tepat": 35})  # fmt: skip
