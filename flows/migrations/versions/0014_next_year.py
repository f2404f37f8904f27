"""Closing a unit's year, so that it is read and not changed.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No year is closed yet."""
    op.add_column("assessment", sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("unit", sa.Column("closed_year", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("unit", "closed_year")
    op.drop_column("assessment", "archived_at")
