"""What stories about the checklist look at: stored rows, history, an item opened directly."""

from typing import Any

from sqlmodel import Session, col, select

from flows import routes
from flows.models import Answer, AnswerChange, Assessment
from tests.support.house import House
from tests.support.talk import Talk

CAMPAIGN = "PW.P.1.a"  # A, B, C
COMPLAINTS = "PW.R.2.a"  # counts: wajib, proses (supporting), selesai


def rows_of(house: House, query: Any) -> list[Any]:
    """What a query finds, read afresh and usable afterwards."""

    def ask(session: Session) -> list[Any]:
        found = list(session.exec(query).all())
        session.expunge_all()
        return found

    return list(house.read(ask))


def row_of(house: House, item_id: str) -> Answer | None:
    """The stored row of an item."""
    found = rows_of(house, select(Answer).where(Answer.item_id == item_id))
    return found[0] if found else None


def chosen(house: House, item_id: str) -> str | None:
    """The stored option of an item."""
    row = row_of(house, item_id)
    return row.choice if row else None


def note_of(house: House, item_id: str) -> str:
    """The stored Penjelasan of an item."""
    row = row_of(house, item_id)
    return row.note if row else ""


def history_of(house: House, item_id: str) -> list[AnswerChange]:
    """Every change of the item, oldest first."""
    query = select(AnswerChange).where(AnswerChange.item_id == item_id).order_by(col(AnswerChange.id))
    return rows_of(house, query)


def assessment_id(house: House, unit_id: int) -> int:
    return int(house.read(lambda s: s.exec(select(Assessment.id).where(Assessment.unit_id == unit_id)).one()))


def open_item(talk: Talk, item_id: str) -> Talk:
    """Open an item as from a button of an earlier screen."""
    if not talk.messages:
        talk.type("/lke")
    return talk.tap_data(routes.LKE_ITEM(item_id).pack())
