"""What every table shares: the naming convention, the optimistic revision, the base class."""

from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import registry
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)


class Table(SQLModel, registry=registry(metadata=metadata)):
    """Base of all tables: our naming convention, so that migrations can name every constraint."""

    # Tables do not validate; building their schemas would only slow the start.
    model_config = {"defer_build": True, "from_attributes": True}
    metadata: ClassVar[MetaData] = metadata

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def versioned(table: type[Any]) -> type[Any]:
    """Let SQLAlchemy refuse an UPDATE of a row whose `revision` somebody else has moved on."""
    table.__mapper__.version_id_col = table.__table__.c.revision
    return table
