"""What roles are called, everywhere alike."""

NAMES = {
    "anggota": "anggota",
    "ketua": "ketua pokja",
    "koordinator": "koordinator unit",
    "sekretaris": "sekretaris tim",
    "pimpinan": "pimpinan unit",
    "penilai": "penilai (TPI)",
    "pendamping": "pendamping TPI",
    "wilayah": "koordinator wilayah",
    "admin": "admin instansi",
}
SHORT = {**NAMES, "anggota": "anggota pokja"}
"""As they stand alone, without the name of a pokja behind them."""

FIRST = ("admin", "koordinator", "pimpinan", "ketua", "sekretaris", "anggota")
"""Of several roles that somebody holds, those named first; the others follow."""


def place(role: str) -> int:
    """Where a role stands among several of one person."""
    return FIRST.index(role) if role in FIRST else len(FIRST)


def at(role: str, area: str, acting: str | None = None) -> str:
    """A role with its pokja and, for a stand-in, Plt or Plh before it: "Plt ketua Pokja 5 …"."""
    name = NAMES[role]
    if area:
        name = f"ketua {area}" if role == "ketua" else f"{name} {area}"
    return f"{acting} {name}" if acting else name
