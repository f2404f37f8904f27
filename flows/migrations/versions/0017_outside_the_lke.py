"""What is attached to an action item beside the LKE; how many answers of a unit nobody has confirmed.

Revision ID: 0017
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is attached yet; the board counts anew with the next change of a unit."""
    op.add_column("task", sa.Column("attached", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("unit_standing", sa.Column("carried", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("unit_standing", "carried")
    op.drop_column("task", "attached")
