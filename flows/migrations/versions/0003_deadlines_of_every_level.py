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
        batch_op.add_column(sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.create_index("ix_evidence_valid_until", ["valid_until"])
    op.create_index("ix_item_work_fix_by", "item_work", ["fix_by"])
    _made_from()


def _made_from() -> None:
    op.create_table(
        "stage_offset",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(24), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        *_set("stage_offset"),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_stage_offset_agency_id_agency"),
        sa.UniqueConstraint("agency_id", "stage", name="uq_stage_offset_agency_id_stage"),
    )
    op.create_table(
        "unit_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(24), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        *_set("unit_duty"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_duty_unit_id_unit"),
        sa.UniqueConstraint("unit_id", "duty", name="uq_unit_duty_unit_id_duty"),
    )


def _set(table: str) -> tuple[sa.Column[object] | sa.Constraint, ...]:
    """Who has set it when, its revision, and the key."""
    return (
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=f"fk_{table}_set_by_person"),
    )


def downgrade() -> None:
    """Only deadlines of areas and of the unit as a whole are left."""
    op.drop_table("unit_duty")
    op.drop_table("stage_offset")
    op.drop_index("ix_item_work_fix_by", "item_work")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_valid_until")
        batch_op.drop_column("valid_until")
    op.execute("DELETE FROM deadline WHERE scope NOT IN ('tpi', 'pengajuan', 'area')")
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.drop_column("pinned")
        batch_op.drop_constraint(_NEW, type_="unique")
        batch_op.alter_column("ref", new_column_name="area", type_=sa.String(8), existing_nullable=False)
    with op.batch_alter_table("deadline", schema=None) as batch_op:
        batch_op.create_unique_constraint(_OLD, ["assessment_id", "scope", "area"])
