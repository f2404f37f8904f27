"""A whole workbook read against an instrument: answers, doubts, narratives, links, and what is odd."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.importing import cells
from flows.importing.archive import NO_LKE, Budget, Unreadable
from flows.importing.cells import Doubt
from flows.importing.headings import Columns, find_columns
from flows.importing.matching import Matched, likeness_of, match
from flows.importing.outline import Line
from flows.importing.plan import items_of
from flows.importing.sheets import Sheet, column_letter, read_sheets
from knowledge.answers import Answer
from knowledge.instrument import Instrument

MIN_ITEMS = 8
"""Fewer recognised indicators on a sheet are chance, not a worksheet."""
OVERLAP = 0.2
SURE_WORDS = 82.0
"""Likeness (0 to 100) from which an indicator of the older structure is taken for the same one."""
NOTE_LIMIT = 2000
MAX_LINKS_OF_ITEM = 20

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"|]+", re.IGNORECASE)
_RULES = re.compile(
    r"(?:nomor|no\.?)\s*\d+\s*(?:tahun\s*)?(?:/\s*)?(?:20\d\d)?|\d+\s*/\s*20\d\d", re.IGNORECASE
)
_OLD_RULES = re.compile(r"(?:52|60)\s*(?:tahun|/)\s*201[24]|\b10\s*(?:tahun|/)\s*2019", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20[12]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a workbook holds. `where` names each item's cell; `cut` counts narratives that were too long.

    `old` marks the structure before 2021: its answers are not taken, narratives and links where they fit.
    """

    answers: Mapping[str, Answer]
    doubts: tuple[Doubt, ...]
    notes: Mapping[str, str]
    where: Mapping[str, str]
    links: int = 0
    cut: int = 0
    year: int | None = None
    old: bool = False


@dataclass(slots=True)
class _Found:
    sheet: Sheet
    columns: Columns
    matched: Matched
    filled: int = 0
    ids: set[str] = field(default_factory=set)


def read_workbook(data: bytes, instrument: Instrument, file_name: str = "") -> Reading:
    """Read the answers of a workbook. Raises Unreadable, also for one without an LKE."""
    budget = Budget()
    sheets = read_sheets(data, budget)
    candidates = [found for sheet in sheets if (found := _candidate(sheet, instrument, budget)) is not None]
    year = _year(candidates, file_name)
    if old := _old_structure(sheets, candidates):
        return _read_old(old, instrument, year)
    chosen = _chosen(candidates)
    if not chosen:
        raise Unreadable(NO_LKE)
    items = items_of(instrument)
    answers: dict[str, Answer] = {}
    doubts: list[Doubt] = []
    notes, where, links, cut = _texts(chosen)
    for found in chosen:
        for item_id, line in found.matched.lines.items():
            if item_id in answers or item_id not in found.ids:
                continue
            outcome = cells.read(items[item_id], line)
            if isinstance(outcome, Doubt):
                doubts.append(outcome)
            elif outcome is not None:
                answers[item_id] = outcome
    order = {item_id: place for place, item_id in enumerate(items)}
    doubts.sort(key=lambda doubt: order[doubt.item_id])
    return Reading(answers, tuple(doubts), notes, where, links, cut, year)


# Sheets --------------------------------------------------------------------------------------------


def _candidate(sheet: Sheet, instrument: Instrument, budget: Budget) -> _Found | None:
    columns = find_columns(sheet)
    if columns is None:
        return None
    matched = match(sheet, columns, instrument, budget)
    filled = sum(
        1
        for line in matched.lines.values()
        if line.value is not None or any(count.value is not None for count in line.counts)
    )
    return _Found(sheet, columns, matched, filled, set(matched.lines))


def _chosen(candidates: Sequence[_Found]) -> list[_Found]:
    """The fullest sheet, and others that hold other areas; further copies of the same are left aside."""
    ranked = sorted(candidates, key=lambda f: (not f.sheet.hidden, f.filled, len(f.ids)), reverse=True)
    chosen: list[_Found] = []
    taken: set[str] = set()
    for found in ranked:
        shared = len(found.ids & taken)
        if found.ids and shared <= OVERLAP * len(found.ids):
            found.ids -= taken
            taken |= found.ids
            chosen.append(found)
    return chosen if len(taken) >= MIN_ITEMS else []


# Narratives and links ------------------------------------------------------------------------------


def _texts(chosen: Sequence[_Found]) -> tuple[dict[str, str], dict[str, str], int, int]:
    notes: dict[str, str] = {}
    where: dict[str, str] = {}
    links = cut = 0
    for found in chosen:
        column = column_letter(found.columns.answer)
        for item_id in found.ids:
            line = found.matched.lines[item_id]
            where[item_id] = f"{found.sheet.title[:31]} {column}{line.row}"
            text, urls, shortened = _note(found, line)
            links += urls
            cut += shortened
            if text:
                notes[item_id] = text
    return notes, where, links, cut


def _note(found: _Found, line: Line) -> tuple[str, int, bool]:
    """The narrative of an item with its evidence below it, at most NOTE_LIMIT characters; links counted."""
    rows = [line.row, *(count.row for count in line.counts)]
    sheet, columns = found.sheet, found.columns
    urls: list[str] = []
    told: list[str] = []
    listed: list[str] = []
    for row in rows:
        for column in columns.own:
            text = sheet.text(row, column)
            own = _URL.findall(text)
            target = sheet.links.get((row, column), "")
            if target and _URL.match(target):
                own.append(target)
            urls += own
            words = _URL.sub(" ", text).strip(" \n\t;,|-")
            if column == columns.note and words:
                told.append(text)
            elif column in columns.evidence and words:
                listed += [part.strip() for part in words.splitlines() if part.strip(" -•")]
    urls = [url.rstrip(".,;)") for url in dict.fromkeys(urls)][:MAX_LINKS_OF_ITEM]
    text = "\n".join(dict.fromkeys(told)).strip()
    shortened = len(text) > NOTE_LIMIT
    if shortened:
        text = text[: NOTE_LIMIT - 1].rstrip() + "…"
    more = [f"Bukti: {part[:300]}" for part in dict.fromkeys(listed)]
    more += [f"Tautan bukti: {url}" for url in urls if url not in text]
    for extra in more:
        if len(text) + len(extra) + 1 > NOTE_LIMIT:
            shortened = True
            continue
        text = f"{text}\n{extra}" if text else extra
    return text, len(urls), shortened


# Year and older structure --------------------------------------------------------------------------


def _year(candidates: Sequence[_Found], file_name: str) -> int | None:
    """The year in titles above the headings, in sheet names or the file's name; never a regulation's."""
    titles = [
        found.sheet.text(row, column)
        for found in candidates
        for row in sorted(found.sheet.rows)
        if row < found.columns.first_row
        for column in found.sheet.rows[row]
    ]
    for text in (*titles, *(found.sheet.title for found in candidates), file_name):
        if "peraturan" in text.lower():
            continue
        years = _YEAR.findall(_RULES.sub(" ", text))
        if years:
            return int(max(years))
    return None


def _old_structure(sheets: Sequence[Sheet], candidates: Sequence[_Found]) -> list[_Found]:
    """The sheets of a worksheet as it was before 2021: the areas stand there, pemenuhan and reform do not."""
    areas = [f for f in candidates if f.matched.areas >= 4]
    if not areas or any(f.matched.aspects for f in candidates):
        return []
    texts = " ".join(
        sheet.text(row, column).lower()
        for sheet in sheets
        for row in sheet.rows
        for column in sheet.rows[row]
        if isinstance(sheet.value(row, column), str) and len(sheet.text(row, column)) < 300
    )
    named = (
        _OLD_RULES.search(texts) is not None or "tlhp" in texts or "tindak lanjut hasil pemeriksaan" in texts
    )
    return areas if named or not re.search(r"\b(pemenuhan|reform)\b", texts) else []


def _read_old(old: Sequence[_Found], instrument: Instrument, year: int | None) -> Reading:
    """Narratives and links only: options and weights have changed, so answers would not mean the same."""
    kept_part = {item.id: item for item in instrument.area_order if item.kind == "P"}
    for found in old:
        lines = found.matched.lines
        found.ids = {
            item_id
            for item_id in found.ids & kept_part.keys()
            if likeness_of(lines[item_id].text, kept_part[item_id]) >= SURE_WORDS
        }
    notes, where, links, cut = _texts(old[:1])
    return Reading({}, (), notes, where, links, cut, year, old=True)
