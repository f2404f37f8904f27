"""The answers of the year before that wait for somebody to look at them, area by area."""

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from flows import policy
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.checklist.changes import Outcome
from flows.checklist.service import RESULTS, Current
from flows.models import Answer, ItemWork
from flows.nextyear import refusals
from flows.review import applies, states
from flows.turn import Turn
from knowledge.answers import Answer as Known
from knowledge.answers import Item
from knowledge.instrument import Area

PAGE = 5
_NUMBERS = re.compile(r"\d+")
_SURE = re.compile(r"\b(?:i?ya|benar|betul|masih|tetap|sama|konfirmasi|ok(?:e|ey)?|sesuai)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:semua|semuanya)\b", re.IGNORECASE)
_REST = re.compile(r"[\d\s,;.&-]|\b(?:dan|nomor|no)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Open:
    """One answer that waits, or a mark "tidak berlaku" with its reason (`off`). `may`: the actor fills it in.

    `revision` is that of the answer, else of the item's work.
    """

    item: Item
    answer: Known | None
    revision: int
    may: bool
    off: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait in each area (and the result part), in order; `own` are areas the actor fills in."""

    where: Current
    areas: tuple[tuple[Area | None, int], ...]
    own: frozenset[str]

    @property
    def total(self) -> int:
        """How many wait in all."""
        return sum(count for _, count in self.areas)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of an area's answers that wait; `area` None is the result part."""

    where: Current
    area: Area | None
    shown: tuple[Open, ...]
    total: int
    page: int

    @property
    def area_id(self) -> str:
        """The area's id, or that of the result part."""
        return self.area.id if self.area is not None else RESULTS

    @property
    def stamp(self) -> int:
        """A number that differs as soon as the numbers on this page mean something else."""
        return zlib.crc32(";".join(f"{e.item.id}.{e.revision}" for e in self.shown).encode())


def counts(turn: Turn) -> Counts:
    """Where answers of the year before wait in the open LKE. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    waiting = checklist.marks(turn.session, where.assessment, where.instrument).to_confirm
    areas: list[tuple[Area | None, int]] = [
        (area, sum(item.id in waiting for item in area.indicators)) for area in where.instrument.areas
    ]
    areas.append((None, sum(item.id in waiting for item in where.instrument.results)))
    ids = [*(area.id for area in where.instrument.areas), RESULTS]
    own = frozenset(each for each in ids if policy.can(turn.actor, "answer", where.unit, each))
    return Counts(where, tuple(areas), own)


def listed(turn: Turn, area_id: str, page: int) -> Listed:
    """One page of an area. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    area = None if area_id == RESULTS else checklist.area_of(where.instrument, area_id)
    items: Sequence[Item] = area.indicators if area is not None else where.instrument.results
    waiting = checklist.marks(turn.session, where.assessment, where.instrument).to_confirm
    found = [item for item in items if item.id in waiting]
    page = min(max(0, page), max(0, (len(found) - 1) // PAGE))
    rows = checklist.answers_of(turn.session, where.assessment) if found else {}
    may = policy.can(turn.actor, "answer", where.unit, area_id)
    works = states.works(turn.session, where.assessment) if found else {}
    part = found[page * PAGE : (page + 1) * PAGE]
    shown = [_open(item, rows[item.id], works.get(item.id), may) for item in part]
    return Listed(where, area, tuple(each for each in shown if each is not None), len(found), page)


def _open(item: Item, row: Answer, work: ItemWork | None, may: bool) -> Open | None:
    answer = checklist.known_answer(row)
    if answer is not None:
        return Open(item, answer, row.revision, may)
    return Open(item, None, work.revision, may, work.na_reason) if work is not None else None


def confirm(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Outcome:
    """Say that an answer of last year is still right. Raises NotAllowed, Outdated, Missing."""
    return changes.confirm_answer(turn, changes.place(turn, assessment_id, item_id), revision)


def confirm_off(turn: Turn, assessment_id: int, item_id: str, revision: int) -> bool:
    """Say that what did not apply last year still does not; False when nothing asks so any more.

    Raises NotAllowed, Outdated, Missing.
    """
    at = changes.place(turn, assessment_id, item_id)
    work = states.work_of(turn.session, at.current.id, item_id)
    if work is None or work.not_applicable or not work.na_reason:
        return False
    applies.set_off(turn, at, work.na_reason, revision)
    return True


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed below a page: numbers of it, and whether they are confirmed or one is opened."""

    chosen: tuple[Open, ...]
    sure: bool


def said(page: Listed, text: str) -> Said | None:
    """What a typed text means: "2" opens, "benar 1, 3" and "semua benar" confirm; None for all else.

    Raises BadInput for numbers that the page does not have.
    """
    sure, everything = _SURE.search(text) is not None, _ALL.search(text) is not None
    if len(text) > 80 or _REST.sub("", _ALL.sub("", _SURE.sub("", text))):
        return None
    numbers = list(dict.fromkeys(int(number[:4]) for number in _NUMBERS.findall(text)))
    if everything and sure:
        return Said(page.shown, True)
    if not numbers or everything or (not sure and len(numbers) > 1):
        return None
    if not all(1 <= number <= len(page.shown) for number in numbers):
        raise refusals.number_unknown(page.area_id, page.page, len(page.shown))
    return Said(tuple(page.shown[number - 1] for number in numbers), sure)
