"""The columns of the tables, the words that may stand in them, and what they mean. Pure."""

import re

UNIT, PERSON = "unit", "orang"
"""The two tables. The same words name the CSV templates on buttons."""
SHEETS = {UNIT: "Unit", PERSON: "Orang"}
HELP_SHEET = "Penjelasan"

CODE, NAME, KIND, PARENT, TARGET, ZONE = "kode", "nama", "jenis", "induk", "target", "zona"
MARK, AT_UNIT, ROLE, AREA = "penanda", "unit", "peran", "area"
UNIT_COLUMNS = (CODE, NAME, KIND, PARENT, TARGET, ZONE)
PERSON_COLUMNS = (NAME, MARK, AT_UNIT, ROLE, AREA)
COLUMNS = {UNIT: UNIT_COLUMNS, PERSON: PERSON_COLUMNS}
NEEDED = {UNIT: (NAME,), PERSON: (NAME, AT_UNIT, ROLE)}

ALSO_CALLED = {
    "kode unit": CODE,
    "nama unit": NAME,
    "nama unit kerja": NAME,
    "nama orang": NAME,
    "nama lengkap": NAME,
    "jenis unit": KIND,
    "unit induk": PARENT,
    "induk unit": PARENT,
    "atasan": PARENT,
    "zona waktu": ZONE,
    "sasaran": TARGET,
    "unit kerja": AT_UNIT,
    "jabatan di tim": ROLE,
    "pokja": AREA,
}

KINDS = {
    "eselon i": "eselon1",
    "eselon 1": "eselon1",
    "eselon1": "eselon1",
    "kanwil": "kanwil",
    "provinsi": "kanwil",
    "kanwil/provinsi": "kanwil",
    "kantor wilayah": "kanwil",
    "satuan kerja": "satker",
    "satker": "satker",
}
KIND_WORDS = "Eselon I, Kanwil, atau Satuan kerja"
TARGETS = ("WBK", "WBBM")
ZONES = ("WIB", "WITA", "WIT")
ROLES = {
    "anggota": "anggota",
    "anggota pokja": "anggota",
    "ketua": "ketua",
    "ketua pokja": "ketua",
    "koordinator": "koordinator",
    "koordinator unit": "koordinator",
    "sekretaris": "sekretaris",
    "sekretaris tim": "sekretaris",
    "pimpinan": "pimpinan",
    "pimpinan unit": "pimpinan",
    "penilai": "penilai",
    "penilai (tpi)": "penilai",
    "pendamping": "pendamping",
    "pendamping tpi": "pendamping",
    "wilayah": "wilayah",
    "koordinator wilayah": "wilayah",
}
"""Roles that a table can give. An admin is invited and confirmed by the present ones."""
ROLE_WORDS = (
    "anggota, ketua pokja, koordinator, sekretaris, pimpinan, penilai, pendamping, atau koordinator wilayah"
)

SAMPLE = re.compile(r"^contoh\s*:", re.IGNORECASE)
"""How the sample row of a template begins: it is left out when read."""
MAX_CODE, MAX_MARK = 24, 40
_SPLIT = re.compile(r"[,;/+\s]+")
_AREA_WORDS = re.compile(r"\b(?:area|pokja|dan)\b", re.IGNORECASE)


def area_numbers(text: str) -> list[int] | None:
    """The numbers in "1", "Area 1", "1; 3" or "pokja 1 dan 3", in order; None for anything else."""
    parts = [part for part in _SPLIT.split(_AREA_WORDS.sub(" ", text)) if part]
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
        return None
    return list(dict.fromkeys(int(part) for part in parts))
