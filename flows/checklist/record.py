"""Where something is changed in an LKE, and the one way a change enters an item's history."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert

from flows import audit, policy, routes
from flows.checklist.service import Current
from flows.errors import NotAllowed
from flows.models import SERVICE_SIDE, AnswerChange
from flows.pic import service as pic
from flows.routes import Action
from flows.tables import metadata
from flows.turn import Turn
from knowledge.answers import Item

_CHANGE = insert(metadata.tables[AnswerChange.__tablename__])


@dataclass(frozen=True, slots=True)
class Place:
    """An item of the LKE, or a question of the check of public service, that the actor may change."""

    current: Current
    item: Item

    @property
    def is_lke(self) -> bool:
        """Whether it belongs to an LKE: the check of public service has no part in it."""
        return self.current.assessment.side != SERVICE_SIDE

    @property
    def shown(self) -> Action:
        """The screen of the item."""
        return routes.LKE_ITEM(self.item.id) if self.is_lke else routes.SERVICE_ITEM(self.item.id)

    @property
    def noting(self) -> Action:
        """The prompt for its narrative."""
        return routes.LKE_NOTE(self.item.id) if self.is_lke else routes.SERVICE_NOTE(self.item.id)


def log(
    turn: Turn,
    at: Place,
    kind: str,
    before: dict[str, Any] | None,
    after: dict[str, Any],
    forced: bool = False,
) -> int:
    """Write a change of an item into its history and the audit trail. Returns the change's id.

    `after` holds the row's revision under "rev". Who fills in for a PIC by their office (sekretaris) does so
    in the PIC's name. Raises NotAllowed for a year that is closed, whatever way the change has come.
    """
    if at.current.assessment.archived_at is not None:
        raise NotAllowed(policy.year_closed(at.current.assessment.year), assessment_id=at.current.id)
    row = {
        "assessment_id": at.current.id,
        "item_id": at.item.id,
        "person_id": turn.actor.person_id,
        "behalf_id": pic.behalf_of(turn, at.current.assessment, at.item),
        "at": turn.now,
        "kind": kind,
        "before": before,
        "after": after,
    }
    (change_id,) = turn.session.connection().execute(_CHANGE, row).inserted_primary_key or (0,)
    facts: dict[str, int | bool] = {"revision": int(after["rev"])}
    if forced:
        facts["forced"] = True
    subject = f"{at.current.id}/{at.item.id}"
    part = "lke" if at.is_lke else "layanan"
    audit.record(turn, f"{part}.{kind}", subject, at.current.unit.id, **facts)
    return int(change_id)
