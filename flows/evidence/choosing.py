"""Where an intake belongs: what the bot proposes, and what its sender corrects before it is saved.

Corrections stand in the intake's proposal; what is not corrected is proposed anew each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import BadInput, NotAllowed, Outdated
from flows.evidence import intake, periods, proposals, saving, service, window
from flows.evidence.intake import View
from flows.evidence.service import ItemEvidence
from flows.evidence.window import Window
from flows.models import Evidence
from flows.pic import service as pic
from flows.turn import Turn
from knowledge.answers import Item

OTHER = -1
"""Stands for "lainnya" where the place of an example is named."""
MOST_OWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """An intake as it would be saved now.

    `other` is the second likeliest item. `expected` is the place of an example, None for "lainnya".
    `ask_period`: its date lies outside the window and nobody has said yet for which period it stands.
    """

    item: Item | None
    other: Item | None
    evidence: ItemEvidence | None
    expected: int | None
    day: date | None
    period: str
    title: str
    restricted: bool
    window: Window
    ask_period: bool

    @property
    def document(self) -> str:
        """What it is recorded as, in the words of the instrument where it is an example."""
        if self.item is not None and self.expected is not None:
            return self.item.evidence[self.expected]
        return self.title


def choice_of(turn: Turn, view: View) -> Choice:
    """What would be saved, from corrections, the place it was sent to, and the words that came with it."""
    given = view.row.proposal
    where = Current(view.unit, view.assessment, view.instrument)
    text = words_of(view)
    likely = _likely(turn, view, text)
    item = _item(view, likely)
    other = next((each for each in likely if item is None or each.id != item.id), None)
    evidence = service.of_item(turn.session, view.assessment, item) if item is not None else None
    expected = _expected(turn, view, item, evidence, text)
    raw_day = given.get("dated_on")
    day = date.fromisoformat(raw_day) if raw_day else None
    period = str(given["period"]) if "period" in given else periods.find_in(text, turn.today)
    span = window.of_unit(turn.session, where.unit, where.assessment)
    return Choice(
        item=item,
        other=other,
        evidence=evidence,
        expected=expected,
        day=day,
        period=period,
        title=_title(view, item, expected),
        restricted=bool(given.get("restricted", item is not None and item.confidential)),
        window=span,
        ask_period="period" not in given and not period and day is not None and not span.holds(day),
    )


def words_of(view: View) -> str:
    """The caption and the names of files, as far as people gave them."""
    given = [str(part["name"]) for part in view.usable if not part.get("photo")]
    return " ".join((view.row.caption, *(proposals.topic_words(name) for name in given)))


def _likely(turn: Turn, view: View, text: str) -> list[Item]:
    own = own_items(turn, view)
    areas = turn.actor.areas(view.unit)
    found = proposals.likely(
        turn.library, view.instrument, text, frozenset(item.id for item in own), areas, most=6
    )
    return [item for item in found if _fills(turn, view, item)][:2]


def _fills(turn: Turn, view: View, item: Item) -> bool:
    return policy.can(turn.actor, "answer", view.unit, checklist.area_id_of(item))


def own_items(turn: Turn, view: View) -> list[Item]:
    """The items whose PIC or deputy the sender is and may still fill in, in the instrument's order."""
    rows = pic.rows_of(turn.session, view.assessment)
    items: list[Item] = [*view.instrument.area_order, *view.instrument.results]
    me = turn.actor.person_id
    found = []
    for item in items:
        charge = pic.in_charge(rows, item)
        if charge is not None and me in charge.person_ids and _fills(turn, view, item):
            found.append(item)
    return found


def _item(view: View, likely: Sequence[Item]) -> Item | None:
    chosen = view.row.proposal.get("item")
    if chosen:
        return checklist.item_of(view.instrument, str(chosen))
    if view.item is not None:
        return view.item if view.may_save else None
    return likely[0] if likely else None


def _expected(
    turn: Turn, view: View, item: Item | None, evidence: ItemEvidence | None, text: str
) -> int | None:
    if item is None or evidence is None:
        return None
    given = view.row.proposal.get("expected")
    if isinstance(given, int):
        return given if 0 <= given < len(item.evidence) else None
    return proposals.example_of(turn.library, view.instrument, item, text, evidence.expected_missing)


def _title(view: View, item: Item | None, expected: int | None) -> str:
    caption = fmt.one_line(view.row.caption)
    if caption:
        return fmt.cut(caption, 120)
    names = [proposals.topic_words(str(part["name"])) for part in view.usable if not part.get("photo")]
    if names and len(names[0]) > 3:
        return fmt.cut(names[0][:1].upper() + names[0][1:], 120)
    if item is not None and expected is not None:
        return item.evidence[expected]
    if view.row.url:
        return "Tautan bukti"
    return f"Bukti {item.number}" if item is not None else "Bukti dukung"


# correcting ----------------------------------------------------------------------------------------


def set_item(turn: Turn, intake_id: int, revision: int | None, item_id: str) -> None:
    """It belongs to this item. Raises NotAllowed for items of other people's areas, Missing, Outdated."""
    view = intake.ready(turn, intake_id, revision)
    item = checklist.item_of(view.instrument, item_id)
    if not _fills(turn, view, item):
        raise NotAllowed(policy.REFUSED["answer"], next=routes.INTAKE(intake_id), item=item_id)
    view.row.evidence_id = None
    _note(turn, view, {"item": item.id}, drop=("expected", "restricted"))


def set_expected(turn: Turn, intake_id: int, revision: int | None, place: int) -> None:
    """It is this example of its item, or something else."""
    _note(turn, intake.ready(turn, intake_id, revision), {"expected": place})


def set_day(turn: Turn, intake_id: int, revision: int | None, day: date) -> None:
    """It is of this day."""
    _note(turn, intake.ready(turn, intake_id, revision), {"dated_on": day.isoformat()}, drop=("period",))


def set_period(turn: Turn, intake_id: int, revision: int | None, code: str) -> None:
    """It stands for this period; "" for none but its date. Raises BadInput for an unknown one."""
    if code and periods.span_of(code) is None:
        raise BadInput("Periode itu tidak dikenal. Contoh: TW III 2026, Januari 2027, atau 2026.")
    _note(turn, intake.ready(turn, intake_id, revision), {"period": code})


def _note(turn: Turn, view: View, given: dict[str, Any], drop: tuple[str, ...] = ()) -> None:
    kept = {key: value for key, value in view.row.proposal.items() if key not in drop}
    view.row.proposal = {**kept, **given}
    turn.session.add(view.row)
    turn.session.flush()


def save(turn: Turn, intake_id: int, revision: int | None) -> Evidence:
    """Save it as proposed. Raises BadInput without an item, and whatever saving refuses."""
    view = intake.ready(turn, intake_id, revision)
    choice = choice_of(turn, view)
    if choice.item is None:
        raise BadInput("Pilih dulu indikatornya. Berkasnya tetap saya pegang.", next=routes.INTAKE(intake_id))
    _note(turn, view, {"item": choice.item.id})
    return saving.save(
        turn,
        view.row,
        item_ids=[choice.item.id],
        expected=choice.expected,
        dated_on=choice.day,
        period=choice.period,
        title=choice.title,
        restricted=choice.restricted,
    )


def save_version(turn: Turn, intake_id: int, revision: int | None) -> int:
    """Make it the newest version of the piece that it was sent for; returns that piece's id."""
    view = intake.ready(turn, intake_id, revision)
    if view.row.evidence_id is None:
        raise Outdated(intake.OVER, next=routes.INTAKE(intake_id))
    evidence = service.load(turn, view.row.evidence_id)
    saving.new_version(turn, view.row, evidence)
    return view.row.evidence_id or 0
