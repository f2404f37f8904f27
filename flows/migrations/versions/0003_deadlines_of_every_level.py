"""Deadlines of every level: stages, sub-components, items, recurring duties.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OLD = "uq_deadline_assessment_id_scope_area"
_NEW = "uq_deadline_assessment_id_scope_ref"


def upgrade() -> None:
    """A deadline names what it is for by `ref`, long enough for any of them."""
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_constraint(_OLD, type_="unique")
        batch_op.alter_column("area", new_column_name="ref", type_=sa.String(40), existing_nullable=False)
    with op.batch_alter_table("deadline", schema=None) as batch_op:  # the new name counts from here on
        batch_op.create_unique_constraint(_NEW, ["assessment_id", "scope", "ref"])


def downgrade() -> None:
    """Only deadlines of areas and of the unit as a whole are left."""
    op.execute("DELETE FROM deadline WHERE scope NOT IN ('tpi', 'pengajuan', 'area')")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_constraint(_NEW, type_="unique")
        batch_op.alter_column("ref", new_column_name="area", type_=sa.String(8), existing_nullable=False)
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_unique_constraint(_OLD, ["assessment_id", "scope", "area"])
