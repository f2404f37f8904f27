"""The moment that the pace clock last showed, by which a clock that was set back is noticed.

Revision ID: 0020
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column of the gate."""
    op.add_column("gate", sa.Column("seen_at", sa.Float(), nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Without it."""
    op.drop_column("gate", "seen_at")
