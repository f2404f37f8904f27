"""Reading what people type about a meeting: what it is, when and where, and who was there. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from flows import fmt, words
from flows.evidence import dating
from knowledge.dates import DAYS, MONTHS, Found, Problem, parse_date

_CLOCK = re.compile(r"\b(?:jam|pukul|pkl)\b.*|\b\d{1,2}[.:]\d{2}\b.*", re.IGNORECASE)
_NAMED_PLACE = re.compile(r"\btempat(?:nya)?\s*:?\s+([^.\n;]{3,100})", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[a-z)])\.\s|\n|;|(?<=\d\d)\.\s")
_CAPITAL = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A meeting as it was typed. `problem`: what is wrong with its day, plain text; `time` as "09.00"."""

    title: str
    day: date | None = None
    time: str = ""
    place: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many were there and whether the pimpinan was; None for what was not said."""

    people: int | None
    leader: bool | None


def read(text: str, today: date) -> Said:
    """Read "rapat monev januari / jumat 29 jan jam 9 / aula lt 2", also on lines or with semicolons."""
    parts = [fmt.one_line(part) for part in words.parts_of(text)]
    if not parts:
        return Said("")
    if len(parts) == 1:
        return _one(parts[0], today)
    day: date | None = None
    time, problem = "", ""
    places: list[str] = []
    for part in parts[1:]:
        found = _day(part, today) if day is None else None
        if isinstance(found, Found) and len(found.rest.split()) <= 1:
            day, time = found.day, _clock(found)
        elif isinstance(found, Problem) and not _is_place(part):
            problem = found.sentence
        else:
            places.append(re.sub(r"^(?:di|tempat\s*:?)\s+", "", part, flags=re.IGNORECASE))
    return Said(_tidy(parts[0]), day, time, _tidy(", ".join(places)), "" if day else problem)


def _one(text: str, today: date) -> Said:
    """A single line: "rapat monev jumat 29 jan jam 9 di aula"."""
    found = _day(text, today)
    place = dating.place_in(text)
    if isinstance(found, Problem):
        return Said(_tidy(text), place=_tidy(place), problem=found.sentence)
    if found is None:
        return Said(_tidy(text))
    rest = found.rest.replace(place.lower(), "") if place else found.rest
    return Said(
        _tidy(rest.strip(" ,.-").removesuffix(" di")) or _tidy(text), found.day, _clock(found), _tidy(place)
    )


def names_one(text: str) -> bool:
    """Whether an announcement's first words are those of a meeting."""
    return bool(re.search(r"\brapat\b", _headline(text)[:80], re.IGNORECASE))


def _headline(text: str) -> str:
    return fmt.cut(fmt.one_line(re.split(r"[:.\n](?!\d)", text.strip(), maxsplit=1)[0]), 120)


def of_news(text: str, today: date) -> Said | None:
    """A meeting that an announcement speaks of; None when it speaks of none."""
    if not names_one(text):
        return None
    title = _headline(text)
    place = _NAMED_PLACE.search(text)
    whole = _one(title, today)
    if whole.day is not None:
        return Said(whole.title, whole.day, whole.time, _tidy(place[1]) if place else whole.place)
    for piece in _SENTENCE.split(text[:600]):
        found = _day(piece.rpartition(": ")[2] if ": " in piece else piece, today)
        if isinstance(found, Found):
            return Said(_tidy(title), found.day, _clock(found), _tidy(place[1]) if place else "")
    return Said(_tidy(title), place=_tidy(place[1]) if place else "")


def _day(text: str, today: date) -> Found | Problem | None:
    """The nearer of the coming and the past day that is meant: meetings are noted before and after."""
    coming = parse_date(text, today)
    past = dating.day_in(text, today)
    if past is None or (isinstance(coming, Found) and coming.day - today < today - past):
        return coming
    if isinstance(coming, Found):
        return Found(past, coming.time, coming.rest)
    clock = _CLOCK.search(text)
    timed = parse_date(f"besok {clock[0]}", today) if clock else None
    rest = _CLOCK.sub("", text).lower()
    left = [w for w in rest.split() if not re.fullmatch(r"[\d./,-]+", w) and w.strip(",.") not in _FILLERS]
    return Found(past, timed.time if isinstance(timed, Found) else None, " ".join(left))


_FILLERS = frozenset(
    {
        *(n.lower() for n in (*MONTHS, *DAYS)),
        "hari",
        "tanggal",
        "tgl",
        "lalu",
        "kemarin",
        "tadi",
        "ini",
        "pada",
    }
)


def _is_place(text: str) -> bool:
    return bool(re.match(r"(?:di|aula|ruang|r\.|lantai|lt|gedung|kantor|tempat)\b", text, re.IGNORECASE))


def _clock(found: Found) -> str:
    return f"{found.time:%H.%M}" if found.time is not None else ""


def _tidy(text: str) -> str:
    """One line that begins with a capital, the names of months as well."""
    text = fmt.one_line(text).strip(" ,;")
    text = _CAPITAL.sub(lambda hit: hit[0].capitalize(), text)
    return text[:1].upper() + text[1:]


_PEOPLE = re.compile(r"\b(\d{1,4})\b(?!\s*(?:januari|februari|maret|april|mei|juni|juli|jam|:))")
_LEADER = re.compile(r"\b(?:pimpinan|kepala|pimp|kakan|kasatker|pak kepala|bu kepala)\b", re.IGNORECASE)
_ABSENT = re.compile(
    r"\btanpa (?:pimpinan|kepala)|\b(?:pimpinan|kepala|kakan|kasatker)\b[^,.;]*\b(?:tidak|tdk|tak|nggak|"
    r"ngga|gak|ga|enggak|belum|absen|berhalangan|izin|diwakili|diwakilkan)\b",
    re.IGNORECASE,
)


def attendance(text: str) -> Attendance | None:
    """Read "14 orang, pimpinan hadir"; None when it says neither."""
    if len(text) > 120:
        return None
    hit = _PEOPLE.search(text)
    people = int(hit[1]) if hit else None
    leader: bool | None = None
    if _LEADER.search(text):
        leader = not _ABSENT.search(text)
    if people == 0 or (people is None and leader is None):
        return None
    return Attendance(people, leader)
