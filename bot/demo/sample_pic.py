"""Persons in charge of the sample agency: components and items are given, the rest waits."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session

from flows.models import AnswerChange, Assessment, Person, Pic, Unit

LEADERS = (
    "PW.P.1.b PW.P.2 PW.P.3.a PW.P.3.c PW.P.3.d PW.P.4.a PW.P.4.c PW.P.5.a PW.P.5.c PW.P.5.d PW.P.5.e "
    "PW.R.1 PW.R.2 PW.R.3"
)
"""Area 5 but four items: those wait for whoever joins its pokja."""
GIVEN: tuple[tuple[str, int, int | None], ...] = (
    *((scope, 1, 0) for scope in LEADERS.split()),
    ("MP.P.1", 2, None),
    ("MP.P.2.a", 2, 0),
    ("H", 0, None),
)
"""Scope, and the places of its PIC and deputy in the cast."""
ITEM_DOTS = 3
"""An item's id has so many dots; only items have a history."""


def sample(
    session: Session, _unit: Unit, assessment: Assessment, people: Sequence[Person | None], now: datetime
) -> None:
    """Name PICs of the sample unit, a week ago, by its coordinator. `people` are the cast in order."""
    at = now - timedelta(days=7)
    coordinator = people[0]
    by = coordinator.id if coordinator is not None else None
    for scope, place, beside in GIVEN:
        person = people[place]
        deputy = people[beside] if beside is not None else None
        if person is None:
            continue
        session.add(
            Pic(
                assessment_id=assessment.id or 0,
                scope=scope,
                person_id=person.id,
                deputy_id=deputy.id if deputy is not None else None,
                set_by=by,
                set_at=at,
            )
        )
        if scope.count(".") == ITEM_DOTS:
            session.add(
                AnswerChange(
                    assessment_id=assessment.id or 0,
                    item_id=scope,
                    person_id=by,
                    at=at,
                    kind="pic",
                    after={
                        "person": person.id,
                        "deputy": deputy.id if deputy is not None else None,
                        "rev": 1,
                    },
                )
            )
