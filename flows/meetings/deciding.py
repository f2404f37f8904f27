"""What a meeting has decided (its action items), and for which items of the LKE it is evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput
from flows.meetings import service
from flows.pic import candidates
from flows.tasks import service as tasks
from flows.tasks import typed as task_words
from flows.turn import Turn
from knowledge.answers import Item

MAX_ITEMS, MAX_DECISIONS = 30, 20


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of typed decisions: new action items, known ones, unclear names, a date that is wrong."""

    made: int
    known: int
    unsure: int
    problem: str


def decide(turn: Turn, meeting_id: int, text: str) -> Decided:
    """Each line "apa / siapa / kapan" becomes an action item; those that are there already are left alone."""
    view = service.claim(turn, meeting_id)
    here = routes.MEETING_DECISIONS(meeting_id)
    lines = [fmt.one_line(line).lstrip("-•* ") for line in text.splitlines() if line.strip(" -•*")]
    if not lines:
        raise BadInput("Tulis keputusannya, satu per baris: apa / siapa / kapan.", next=here)
    if len(lines) > MAX_DECISIONS:
        raise BadInput(
            f"Ada {len(lines)} baris, sedangkan sekali kirim paling banyak {MAX_DECISIONS}, jadi belum ada "
            "yang dicatat. Kirim sebagian dulu.",
            next=here,
        )
    team = candidates.team(turn.session, view.unit, turn.now)
    today = fmt.local(turn.now, view.unit.zone).date()
    said = [task_words.read(line, team, today) for line in lines]
    if any(len(each.title) > tasks.MAX_TITLE for each in said):
        raise BadInput(
            f"Satu keputusan paling panjang {tasks.MAX_TITLE} huruf, jadi belum ada yang dicatat. Ringkas, "
            "lalu kirim lagi.",
            next=here,
        )
    known = {task.title.casefold() for task, _ in view.decided}
    made = 0
    for each in said:
        if each.title.casefold() in known:
            continue
        known.add(each.title.casefold())
        made += 1
        tasks.create(
            turn,
            view.unit,
            each.title,
            person_id=each.person.id if each.person is not None else None,
            due_on=each.due_on,
            assessment_id=view.current.id,
            meeting_id=view.id,
            source="meeting",
        )
    return Decided(
        made,
        len(said) - made,
        sum(bool(each.unsure) for each in said),
        next((each.problem for each in said if each.problem), ""),
    )


# for which items -----------------------------------------------------------------------------------


def may_choose(turn: Turn, view: service.View, item: Item) -> bool:
    """Whether the actor may say that the meeting serves the item: who fills it in."""
    return policy.can(turn.actor, "answer", view.unit, checklist.area_id_of(item))


def set_items(turn: Turn, meeting_id: int, on: Iterable[str], off: Iterable[str], seen: int) -> service.View:
    """Let the meeting serve items, or no more. Raises NotAllowed for items of others, BadInput."""
    view = service.claim(turn, meeting_id, seen)
    on, off = list(on), set(off)
    for item_id in (*on, *off):
        item = checklist.item_of(view.current.instrument, item_id)
        policy.require(turn.actor, "answer", view.unit, checklist.area_id_of(item))
    chosen = [i for i in dict.fromkeys([*view.meeting.items, *on]) if i not in off]
    if len(chosen) > MAX_ITEMS:
        raise BadInput(
            f"Satu rapat dipakai untuk paling banyak {MAX_ITEMS} indikator. Lepas yang tidak perlu dulu.",
            next=routes.MEETING_ITEMS(meeting_id, 0),
        )
    order = {item.id: n for n, item in enumerate(view.current.instrument.area_order)}
    view.meeting.items = sorted(chosen, key=lambda i: order.get(i, len(order)))
    return service.saved(turn, view, "items")
