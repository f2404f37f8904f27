"""What an import would change: read answers against the present ones. Pure."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows.checklist import stored
from flows.models import Answer, LkeImport
from knowledge.answers import Answer as Known
from knowledge.answers import Item, Ratio
from knowledge.instrument import Indicator, Instrument, ResultItem

EXCEL, KEEP = "e", "k"
"""What was decided about an item that differs."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that has something else now. Empty notes and missing answers do not differ."""

    item: Item
    now: Known | None
    excel: Known | None
    now_note: str
    excel_note: str
    answered_by: int | None
    decided: str

    @property
    def in_answer(self) -> bool:
        """Whether the answers differ (else only the narratives)."""
        return self.excel is not None and self.now is not None and self.excel != self.now


@dataclass(frozen=True, slots=True)
class Plan:
    """`new_answers` and `new_notes` stand against nothing; `same` answers are there already.

    `stamp` changes whenever an item that differs is changed by anybody.
    """

    new_answers: Mapping[str, Known]
    new_notes: Mapping[str, str]
    differing: tuple[Difference, ...]
    same: int
    stamp: int

    @property
    def undecided(self) -> tuple[Difference, ...]:
        """Those about which nothing is decided yet."""
        return tuple(d for d in self.differing if not d.decided)

    def answers_to_write(self, *, differing: bool) -> int:
        """How many answers saving would write; `differing`: those without a decision too."""
        taken = [
            d for d in self.differing if d.in_answer and (d.decided == EXCEL or (differing and not d.decided))
        ]
        return len(self.new_answers) + len(taken)

    def notes_to_write(self, *, differing: bool) -> int:
        """How many narratives saving would write."""
        taken = [d for d in self.differing if d.decided == EXCEL or (differing and not d.decided)]
        return len(self.new_notes) + sum(bool(d.excel_note) and d.excel_note != d.now_note for d in taken)


def items_of(instrument: Instrument) -> dict[str, Item]:
    """Indicators in area order, then result items."""
    items: list[Item] = [*instrument.area_order, *instrument.results]
    return {item.id: item for item in items}


def item_of(instrument: Instrument, item_id: str) -> Item:
    """The item with this id. Raises KeyError."""
    node = instrument.by_id[item_id]
    if not isinstance(node, Indicator | ResultItem):
        raise KeyError(item_id)
    return node


def read_answers(row: LkeImport) -> dict[str, Known]:
    """The answers read (and settled) so far."""
    made = {item_id: stored.known(*columns) for item_id, columns in row.cells.get("answers", {}).items()}
    return {item_id: answer for item_id, answer in made.items() if answer is not None}


def plan_of(row: LkeImport, instrument: Instrument, present: Mapping[str, Answer]) -> Plan:
    """Compare an import with the rows that stand now."""
    answers, notes = read_answers(row), dict(row.cells.get("notes", {}))
    decided: Mapping[str, Any] = row.cells.get("decided", {})
    new_answers: dict[str, Known] = {}
    new_notes: dict[str, str] = {}
    differing: list[Difference] = []
    same, stamp = 0, 0
    for item_id, item in items_of(instrument).items():
        known = present.get(item_id)
        now = stored.known(known.choice, known.inputs) if known is not None else None
        excel = _with_supporting(item, answers.get(item_id), now)
        excel_note, now_note = notes.get(item_id, ""), known.note if known is not None else ""
        clash = excel is not None and now is not None and excel != now
        note_clash = bool(excel_note and now_note and excel_note != now_note)
        same += excel is not None and excel == now
        if clash or note_clash:
            revision = known.revision if known is not None else 0
            stamp = zlib.crc32(f"{item_id}/{revision}/{stamp}".encode())
            by = known.answered_by if known is not None else None
            choice = str(decided.get(item_id, ""))
            differing.append(Difference(item, now, excel, now_note, excel_note, by, choice))
        if excel is not None and now is None:
            new_answers[item_id] = excel
        if excel_note and not now_note:
            new_notes[item_id] = excel_note
    return Plan(new_answers, new_notes, tuple(differing), same, stamp)


def _with_supporting(item: Item, excel: Known | None, now: Known | None) -> Known | None:
    """Counts outside the formula that the file lacks stay as they are."""
    if not (isinstance(item, Indicator) and isinstance(excel, Ratio) and isinstance(now, Ratio)):
        return excel
    kept = {i.key: now.inputs[i.key] for i in item.inputs if not i.in_formula and i.key in now.inputs}
    return Ratio({**kept, **excel.inputs})
