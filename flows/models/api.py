"""Keys with which an agency's own programs read figures over HTTP."""

from datetime import datetime

from sqlmodel import Field

from flows.tables import Table, versioned


class ApiToken(Table, table=True):
    """The right of one program to read its agency's figures. Nothing is deleted: `revoked_at` ends it.

    `digest` is the SHA-256 of the key, which is kept nowhere; None until the key has been shown.
    """

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    agency_id: int = Field(foreign_key="agency.id", index=True)
    label: str = Field(max_length=60)
    digest: str | None = Field(default=None, max_length=64, unique=True)
    made_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    made_at: datetime
    key_at: datetime | None = None
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None
    revision: int = Field(default=1)


versioned(ApiToken)
