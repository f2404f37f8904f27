"""For which indicators a meeting may be evidence: those whose examples name papers of meetings. Pure."""

import re

from flows.evidence import proposals
from knowledge.answers import Item
from knowledge.instrument import Instrument
from knowledge.library import Library

UNDANGAN, HADIR, NOTULA, FOTO, LANJUT = "undangan", "daftar_hadir", "notula", "foto", "tindak_lanjut"
KINDS = (UNDANGAN, HADIR, NOTULA, FOTO, LANJUT)

_PAPERS = re.compile(
    r"\b(?:rapat|notula\w*|undangan|daftar hadir|matriks|tindak lanjut|monev)\b", re.IGNORECASE
)
_ZI_MONEV = re.compile(r"\bmonev\b|\bmonitoring\b|\bpemantauan\b|\bevaluasi\b", re.IGNORECASE)
_OTHER_TOPIC = re.compile(
    r"\b(?:sop|wbs|pengaduan|mutasi|penempatan|pelatihan|kinerja|spbe|risiko|benturan|keluhan|konsultasi|"
    r"informasi|ti|pelayanan|layanan|gratifikasi)\b",
    re.IGNORECASE,
)
_OF_WORKERS = "MP"
"""The area whose monitoring is that of the Zona Integritas itself."""
_FITS = {
    NOTULA: re.compile(r"\bnotula|laporan rapat", re.IGNORECASE),
    HADIR: re.compile(r"daftar hadir", re.IGNORECASE),
    UNDANGAN: re.compile(r"undangan", re.IGNORECASE),
    LANJUT: re.compile(r"tindak lanjut", re.IGNORECASE),
    FOTO: re.compile(r"(?:foto|dokumentasi)\b.*\brapat", re.IGNORECASE),
}
MOST_LIKELY = 3


def ranked(library: Library, instrument: Instrument, title: str) -> list[Item]:
    """Every indicator that papers of a meeting may serve, those that its title speaks of first."""
    found = [item for item in instrument.area_order if any(_PAPERS.search(e) for e in item.evidence)]
    order = {item.id: place for place, item in enumerate(instrument.area_order)}
    first = [*_of_zi(instrument, title), *proposals.likely(library, instrument, title, most=8)]
    known = {item.id for item in found}
    lead = [item for item in first if item.id in known or item in _of_zi(instrument, title)]
    rest = sorted((item for item in found if item not in lead), key=lambda item: order[item.id])
    return list({item.id: item for item in (*lead, *rest)}.values())


def likely(library: Library, instrument: Instrument, title: str) -> list[Item]:
    """The few that are proposed first."""
    own = _of_zi(instrument, title)
    return own or ranked(library, instrument, title)[:MOST_LIKELY]


def _of_zi(instrument: Instrument, title: str) -> list[Item]:
    """The indicators about monitoring the ZI plan, for a title that speaks of that and nothing else."""
    if not _ZI_MONEV.search(title) or _OTHER_TOPIC.search(title):
        return []
    of_plan = next(
        (i for i in instrument.area_order if i.area_id == _OF_WORKERS and _ZI_MONEV.search(i.title)), None
    )
    if of_plan is None:
        return []
    group = of_plan.id.rpartition(".")[0]
    return [i for i in instrument.area_order if i.id.rpartition(".")[0] == group]


def example_of(item: Item, there: frozenset[str]) -> int | None:
    """The place of the item's example that the package is, by the papers that are in it; None for none."""
    for kind, fits in _FITS.items():
        if kind not in there:
            continue
        for place, example in enumerate(item.evidence):
            if fits.search(example):
                return place
    return None


def guessed(text: str, photo: bool, there: frozenset[str]) -> str:
    """Which paper a file is, by its caption and name; a photo is a photo, else the first that is missing."""
    said = text.lower().replace("_", " ").replace("-", " ")
    for kind, words in _WORDS.items():
        if any(word in said for word in words):
            return kind
    if photo:
        return FOTO
    return next((kind for kind in KINDS if kind not in there and kind != FOTO), NOTULA)


_WORDS = {
    HADIR: ("daftar hadir", "absen", "presensi", "dafdir", "kehadiran"),
    UNDANGAN: ("undangan", "surat und"),
    LANJUT: ("tindak lanjut", "matriks", "rtl"),
    NOTULA: ("notul", "risalah", "catatan rapat"),
}
