"""The questions and answers: entries as they stand in `data/faq/*.yaml`, one file per group."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from knowledge.errors import KnowledgeFileError
from knowledge.files import Part, Text, When, items_of, read

Confidence = Literal["verified", "mixed", "recall"]

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "dasar": "Dasar ZI, WBK, dan WBBM",
        "syarat-nilai": "Syarat dan nilai",
        "proses-jadwal": "Proses dan jadwal",
        "tim-peran": "Tim dan peran",
        "bukti-dukung": "LKE dan bukti dukung",
        "hasil-survei": "Komponen hasil dan survei",
        "area-1-manajemen-perubahan": "Area 1 Manajemen Perubahan",
        "area-2-tatalaksana": "Area 2 Tatalaksana",
        "area-3-sdm": "Area 3 SDM Aparatur",
        "area-4-akuntabilitas": "Area 4 Akuntabilitas",
        "area-5-pengawasan": "Area 5 Pengawasan",
        "area-6-pelayanan": "Area 6 Pelayanan Publik",
        "pengaduan-ombudsman": "Pengaduan dan Ombudsman",
        "penghargaan-pencabutan": "Penghargaan dan pencabutan",
        "bot": "Tentang Pandu ZI",
    }
)
"""Every group in the order in which people are shown them, with its name."""


class Formerly(Part):
    """What held before: `text` was the rule from `since` (unknown when empty) until `until`, both included.

    `then` goes on after "sejak <the day after>": what has held since; empty when it held for that time only.
    `rule` names the regulation of that time and `caution` what is uncertain about it.
    """

    until: When
    since: When = ""
    text: Annotated[str, Field(min_length=1, max_length=500)]
    then: Annotated[str, Field(max_length=400)] = ""
    rule: tuple[Text, ...] = ()
    caution: str = ""


class Entry(Part):
    """One topic: how people ask, and what is answered.

    `short` alone answers; `detail` adds what helps. `caution` says what is uncertain. `rule` names the
    regulations; where there is none, `basis` says what the answer rests on. `valid_from` and `valid_until`
    are years, months or dates as the source has them. `formerly` tells the earlier rules, the latest first.
    """

    id: Text
    title: Text
    questions: Annotated[tuple[Text, ...], Field(min_length=3)]
    short: Annotated[str, Field(min_length=1, max_length=900)]
    detail: Annotated[str, Field(max_length=1200)] = ""
    caution: str = ""
    rule: tuple[Text, ...] = ()
    basis: str = ""
    related: tuple[Text, ...] = ()
    confidence: Confidence
    valid_from: When = ""
    valid_until: When = ""
    formerly: tuple[Formerly, ...] = ()
    reviewed: date
    group: Text


def load_faq(folder: Path) -> Mapping[str, Entry]:
    """Every entry of the folder by id, groups in the order of `GROUPS`. Raises `KnowledgeFileError`."""
    found: dict[str, Entry] = {}
    for group in GROUPS:
        path = folder / f"{group}.yaml"
        if not path.exists():
            continue
        for raw in items_of(path, "entries"):
            entry = read(path.name, Entry, {**raw, "group": group})
            if entry.id in found:
                raise KnowledgeFileError(path.name, entry.id, "id sudah dipakai topik lain")
            found[entry.id] = entry
    return MappingProxyType(found)
