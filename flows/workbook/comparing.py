"""Three ways: what a file held when it went out, what it holds now, and what stands in the bot now. Pure."""

import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from flows.workbook.cells import same
from flows.workbook.reading import Cells
from flows.workbook.stamp import Held, code, digest
from knowledge.answers import Answer, Item, Ratio
from knowledge.instrument import Indicator, Instrument

SideName = Literal["unit", "tpi"]
Part = Literal["j", "c"]
ANSWER, NOTE = "j", "c"
"""The two things of an item that a file can change: jawaban, and catatan (Penjelasan of the unit)."""
TAKE, KEEP = "e", "k"
"""What was decided about one change: as in the file, or as it stands."""


@dataclass(frozen=True, slots=True)
class Now:
    """What stands in the bot for an item: the answer, the narrative, and the row's revision (0: no row)."""

    answer: Answer | None = None
    note: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the file would change.

    `conflict`: it was changed in the bot too since the file went out. `empties`: the file has nothing there.
    `refused` says why the person may not apply it ("" when they may): "peran" or "survei".
    """

    side: SideName
    part: Part
    item: Item
    before: str | None
    now: str
    file: str
    answer: Answer | None
    revision: int
    conflict: bool
    empties: bool
    refused: str
    decided: str

    @property
    def key(self) -> str:
        """Names the change within its file."""
        return f"{self.side[0]}.{self.part}.{self.item.id}"

    @property
    def plain(self) -> bool:
        """Whether "apply all" takes it: nothing stands against it and nothing is emptied."""
        return not (self.conflict or self.empties or self.refused)

    @property
    def taken(self) -> bool:
        """Whether saving would write it as things are decided now."""
        return not self.refused and (self.decided == TAKE or (self.plain and not self.decided))


@dataclass(frozen=True, slots=True)
class Plan:
    """Every change in the order of the worksheet. `stamp` differs whenever what stands against them does."""

    changes: tuple[Change, ...]
    stamp: int

    @property
    def open(self) -> tuple[Change, ...]:
        """Those that need a decision of their own and have none."""
        return tuple(c for c in self.changes if not c.refused and not c.plain and not c.decided)

    @property
    def allowed(self) -> tuple[Change, ...]:
        """Those that the person may apply."""
        return tuple(c for c in self.changes if not c.refused)

    @property
    def refused(self) -> tuple[Change, ...]:
        """Those that they may not."""
        return tuple(c for c in self.changes if c.refused)

    @property
    def taken(self) -> tuple[Change, ...]:
        """What saving would write."""
        return tuple(c for c in self.changes if c.taken)


@dataclass(frozen=True, slots=True)
class Given:
    """One side: what the file holds, what it held (None: not known), and what stands now.

    `refused` says by part and item ("j.MP.P.1.a") why the person may not change it.
    """

    side: SideName
    cells: Cells
    held: Mapping[str, Held] | None
    now: Mapping[str, Now]
    refused: Mapping[str, str]


def plan_of(instrument: Instrument, sides: Collection[Given], decided: Mapping[str, str]) -> Plan:
    """What the file would change."""
    changes: list[Change] = []
    for given in sides:
        items: list[Item] = [*instrument.worksheet_order, *instrument.results]
        for item in items:
            present = given.now.get(item.id, Now())
            changes += _of_item(given, item, present, decided)
    facts = [f"{c.key}/{c.revision}/{c.file}/{c.now}" for c in changes]
    return Plan(tuple(changes), zlib.crc32("\n".join(facts).encode()))


def _of_item(given: Given, item: Item, now: Now, decided: Mapping[str, str]) -> Iterator[Change]:
    held = given.held.get(item.id, Held()) if given.held is not None else None
    if item.id in given.cells.answers:
        file = _with_supporting(item, given.cells.answers[item.id], now.answer)
        codes = [code(item, now.answer), code(item, file)]
        before = held.code if held is not None else None
        yield from _judged(given, item, "j", before, codes[0], codes[1], codes, file, now, decided)
    if item.id in given.cells.notes:
        text = given.cells.notes[item.id]
        digests = [digest(now.note), digest(text)]
        before = held.note if held is not None else None
        yield from _judged(given, item, "c", before, same(now.note), text, digests, None, now, decided)


def _judged(
    given: Given,
    item: Item,
    part: Part,
    before: str | None,
    now_said: str,
    file_said: str,
    compared: list[str],
    answer: Answer | None,
    now: Now,
    decided: Mapping[str, str],
) -> Iterator[Change]:
    """The change, if there is one: what the file left alone is none, though it moved in the bot."""
    stands, wanted = compared
    if wanted in (stands, before):
        return
    change = Change(
        side=given.side,
        part=part,
        item=item,
        before=before,
        now=now_said,
        file=file_said,
        answer=answer,
        revision=now.revision,
        conflict=before is not None and stands != before,
        empties=not wanted,
        refused=given.refused.get(f"{part}.{item.id}", ""),
        decided="",
    )
    if before is None and change.empties:
        return  # a table without a memory: what is missing in it says nothing
    yield replace(change, decided=decided.get(change.key, ""))


def _with_supporting(item: Item, file: Answer | None, now: Answer | None) -> Answer | None:
    """Counts outside the formula that the file lacks stay as they are."""
    if not (isinstance(item, Indicator) and isinstance(file, Ratio) and isinstance(now, Ratio)):
        return file
    kept = {i.key: now.inputs[i.key] for i in item.inputs if not i.in_formula and i.key in now.inputs}
    return Ratio({**kept, **file.inputs})
