"""What nearly every tap in the LKE asks, as statements built once: building costs more than asking."""

from sqlalchemy import and_, bindparam
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from flows.models import UNIT_SIDE, Answer, Assessment, ItemWork, Person

_OPEN = (
    col(Assessment.unit_id) == bindparam("unit"),
    col(Assessment.side) == UNIT_SIDE,
    col(Assessment.closed_at).is_(None),
)
ASSESSMENT = select(Assessment).where(*_OPEN).order_by(col(Assessment.year).desc()).limit(1)
ITEM = (
    select_columns(Assessment, Answer, ItemWork)
    .outerjoin(
        Answer,
        and_(col(Answer.assessment_id) == col(Assessment.id), col(Answer.item_id) == bindparam("item")),
    )
    .outerjoin(
        ItemWork,
        and_(col(ItemWork.assessment_id) == col(Assessment.id), col(ItemWork.item_id) == bindparam("item")),
    )
    .where(*_OPEN)
    .order_by(col(Assessment.year).desc())
    .limit(1)
)
PEOPLE = select(Person).where(col(Person.id).in_(bindparam("ids", expanding=True)))
