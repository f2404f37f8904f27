"""What is attached to an action item that the agency asked for beside the LKE.

Revision ID: 0017
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is attached yet."""
    op.add_column("task", sa.Column("attached", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("task", "attached")
