"""Advice on an item: written into its history and told to those who work on it."""

from flows import outbox, routes
from flows.checklist import service as checklist
from flows.checklist.record import Place, log
from flows.errors import BadInput, Missing
from flows.models import AnswerChange, Person
from flows.pic import service as pic
from flows.review import looking, reviewers
from flows.turn import Turn

ADVICE = "advice"
LIMIT = 500
_LENGTH = f"Saran memuat 1 sampai {LIMIT} huruf, jadi belum dikirim. Ringkas tulisannya, lalu kirim lagi."
_GONE = "Saran ini tidak ditemukan lagi. Lihat Riwayat indikatornya."


def give(turn: Turn, assessment_id: int, item_id: str, text: str) -> int:
    """Keep the advice and tell who works on the item. Returns how many are told.

    Raises NotAllowed, Missing, BadInput.
    """
    at = looking.place(turn, assessment_id, item_id, "advise")
    text = text.strip()
    if not 0 < len(text) <= LIMIT:
        raise BadInput(_LENGTH, next=routes.ADVICE(assessment_id, item_id))
    change_id = log(turn, at, ADVICE, None, {"text": text, "rev": 0})
    people = _concerned(turn, at)
    messages = [
        outbox.Message(
            key=f"saran:{change_id}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=routes.ADVICE_TOLD(change_id),
        )
        for person in people
        if person.telegram_id is not None
    ]
    outbox.add(turn.session, messages, turn.now)
    return len(messages)


def _concerned(turn: Turn, at: Place) -> list[Person]:
    """PIC and deputy, and who reviews the area: its ketua pokja, without one the coordinators."""
    area = checklist.area_id_of(at.item)
    able = reviewers.team_of(turn, at.current.unit).reviewers(area)
    found = [each.person for each in able if each.leads] or [each.person for each in able]
    named = pic.of_item(turn.session, at.current.id, at.item)
    if named is not None:
        found = [*(person for person in (named.person, named.deputy) if person is not None), *found]
    return list({person.id: person for person in found if person.id != turn.actor.person_id}.values())


def find(turn: Turn, change_id: int) -> tuple[AnswerChange, Place, str]:
    """The advice, its place, and who gave it, for people of the unit. Raises Missing, NotAllowed."""
    change = turn.session.get(AnswerChange, change_id)
    if change is None or change.kind != ADVICE:
        raise Missing(_GONE, change_id=change_id)
    at = looking.place(turn, change.assessment_id, change.item_id, "view")
    giver = turn.session.get(Person, change.person_id) if change.person_id is not None else None
    return change, at, giver.name if giver is not None else "Pendamping"
