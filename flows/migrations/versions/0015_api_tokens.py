"""Keys of programs that read an agency's figures over HTTP.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The table of keys, and the order in which an agency's units are read page by page."""
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("key_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_api_token_agency_id_agency")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_api_token_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_index(op.f("ix_api_token_agency_id"), "api_token", ["agency_id"])
    op.create_index(op.f("ix_api_token_made_by"), "api_token", ["made_by"])
    op.create_index("ix_unit_standing_unit", "unit_standing", ["agency_id", "unit_id"])


def downgrade() -> None:
    """Every program has to be given a key anew."""
    op.drop_index("ix_unit_standing_unit", "unit_standing")
    op.drop_index(op.f("ix_api_token_made_by"), "api_token")
    op.drop_index(op.f("ix_api_token_agency_id"), "api_token")
    op.drop_table("api_token")
