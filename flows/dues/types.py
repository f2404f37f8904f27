"""What is due: one value for every kind of it, whoever asks."""

from dataclasses import dataclass
from datetime import date, datetime

from flows.routes import Action
from flows.schedule.names import AREA, DUTY, ITEM, STAGE, SUB, SUBMISSION, TPI

TASK, RENEWAL, RETURNED = "task", "renewal", "returned"
KINDS = (TPI, SUBMISSION, STAGE, AREA, SUB, ITEM, DUTY, RETURNED, TASK, RENEWAL)
"""Every kind, the unit's own before those of a part or a person."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """Somebody who has not done it. `why` continues "Anda …" (plain text); `role` says it as a code.

    Roles: pic, deputy, ketua, anggota, koordinator, sender, maker.
    """

    person_id: int
    why: str
    role: str


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due and not done. All texts are plain: who shows them escapes them.

    `ref` names it within its kind. `due_on` is the day in the unit's zone; `due_at` the moment, where there
    is one. `what` names it; `missing` says in a sentence what is still to be done and `ends` what ends it.
    `open` works from any unit: it opens this one first. `mandatory`: nobody may switch it off.
    """

    kind: str
    ref: str
    unit_id: int
    what: str
    due_on: date
    due_at: datetime | None
    open: Action
    missing: str
    ends: str
    people: tuple[Concerned, ...]
    mandatory: bool = False
    area: str = ""

    @property
    def key(self) -> str:
        """Its name among everything that is due in the unit: "item:PW.P.1.a"."""
        return f"{self.kind}:{self.ref}"
