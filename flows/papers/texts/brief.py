"""Wording of the leader's brief."""

KIND = "Ringkasan untuk pimpinan"
GATES, AREAS, TREND = "Syarat nilai", "Enam area terhadap batasnya", "Perjalanan nilai"
ACTIONS, LATE, BESIDE = "Langkah berikutnya", "Lewat batas waktu", "Yang perlu diketahui"
COLUMNS = ("Syarat", "Nilai", "Minimal", "Keadaan")
LATE_COLUMNS = ("Area", "Belum terisi", "Perbaikan", "Tugas")
RESULTS = "Hasil (survei dan capaian)"
NO_AREA = "Tanpa area"
MET, NOT_FILLED = "memenuhi", "belum diisi"
NO_LATE = "Tidak ada isian, perbaikan, atau tugas yang lewat batas waktu."
LATE_HOW = (
    "Belum terisi: isian area yang batas waktunya lewat. Perbaikan: yang dikembalikan pereviu. "
    "Angka tanpa nama; rinciannya ada di bot."
)
NO_TREND = "Riwayat mulai terlihat sejak jawaban atau survei pertama terisi."
ONE_POINT = "Baru ada nilai dari satu hari; garisnya mulai terlihat dari perubahan berikutnya."
NO_ACTION = "Semua syarat nilai sudah terpenuhi dan tidak ada tugas terbuka. Jaga kelengkapan bukti dukung."
NOT_TASK = "belum menjadi tugas"
LEAST = "batas"
HATCHED = "Batang penuh: memenuhi. Batang bergaris: belum. Garis tegak: batas minimal."


def about(agency: str, target: str, year: int) -> str:
    """Below the unit's name."""
    return f"{agency} · sasaran {target} · penilaian {year}"


def totals(total: str, need: str, lever: str, lever_need: str) -> str:
    """Total and lever against their limits."""
    return f"Nilai total {total} (minimal {need}), pengungkit {lever} (minimal {lever_need})."


def filled(answered: int, indicators: int, approved: int) -> str:
    """How much of it is answered and reviewed."""
    return f"Terisi {answered} dari {indicators} indikator, {approved} disetujui pereviu."


def as_of(moment: str) -> str:
    """When the figures were taken."""
    return f"Keadaan {moment}"


def version(instrument: str, change: int) -> str:
    """Which facts and which state of the data the figures come from."""
    return f"LKE {instrument}, perubahan data ke-{change}" if change else f"LKE {instrument}, belum ada isian"


def foot(self_made: str) -> str:
    """Below both pages."""
    return f"{self_made[:1].upper()}{self_made[1:]}. Predikat diputuskan penilai."


def lacks(amount: str) -> str:
    """What a gate is short by."""
    return f"kurang {amount}"


def progress(answered: int, total: int) -> str:
    """Answered items of an area."""
    return f"{answered} dari {total} terisi"


def trend(first: str, first_day: str, last: str, last_day: str) -> str:
    """The whole way in one sentence."""
    return f"Dari {first} ({first_day}) menjadi {last} ({last_day})."


def gain(points: str) -> str:
    """What a step brings."""
    return f"+{points} poin"


def for_gates(named: str) -> str:
    """Which gates a step is for."""
    return f"untuk {named}"


def task(state: str, day: str) -> str:
    """How the action item of a step stands."""
    return f"tugas {state}, batas {day}" if day else f"tugas {state}, tanpa batas waktu"


def after(total: str, met: int, gates: int) -> str:
    """Where all steps of the plan lead."""
    return (
        f"Bila semua langkah prioritas benar-benar berjalan: nilai total {total}, "
        f"{met} dari {gates} syarat terpenuhi."
    )


def unreachable(count: int) -> str:
    """That the plan cannot meet everything."""
    return f"{count} syarat di luar jangkauan pekerjaan LKE saja; buktinya ada di Langkah prioritas."


def survey(name: str, index: str, need: str) -> str:
    """A survey below its gate; `index` "" when there is none yet."""
    return f"{name} {index or 'belum ada'}, perlu {need}; dikejar lewat perbaikan layanan, bukan lewat LKE."


def conditions(tally: str) -> str:
    """The conditions of proposal, apart from the score."""
    return f"Syarat pengusulan (TLHP, laporan harta, SAKIP) diperiksa terpisah: {tally}."


def file_name(unit: str) -> str:
    """Before it is made a clean name."""
    return f"Ringkasan pimpinan {unit}"


LABEL, ABOUT = "Ringkasan pimpinan", "PDF dua halaman: syarat nilai, area, tren, langkah, keterlambatan."


def caption(verdict: str, moment: str) -> str:
    """Below the PDF in the chat, HTML; both parts are our own words."""
    return f"<b>{verdict}</b>\n\n{moment}. Penilaian mandiri tim; siap diteruskan kepada pimpinan."
