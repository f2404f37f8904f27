"""The internal assessors: assignments, rounds, findings and private notes.

Revision ID: 0009
Revises: 0008
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def upgrade() -> None:
    op.create_table(
        "tpi_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tier", sa.String(length=10), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        _moment("made_at"),
        _moment("ended_at", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("tpi_assignment", "assessment_id", "assessment"),
        _key("tpi_assignment", "made_by", "person"),
        _key("tpi_assignment", "person_id", "person"),
        _key("tpi_assignment", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tpi_assignment")),
        sa.UniqueConstraint(
            "assessment_id", "person_id", name=op.f("uq_tpi_assignment_assessment_id_person_id")
        ),
    )
    op.create_index(op.f("ix_tpi_assignment_person_id"), "tpi_assignment", ["person_id"], unique=False)
    op.create_index(op.f("ix_tpi_assignment_unit_id"), "tpi_assignment", ["unit_id"], unique=False)
    op.create_table(
        "tpi_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("cutoff_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        _moment("opened_at"),
        sa.Column("led_by", sa.Integer(), nullable=True),
        _moment("led_at", nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        _moment("closed_at", nullable=True),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("total", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("tpi_round", "assessment_id", "assessment"),
        _key("tpi_round", "closed_by", "person"),
        _key("tpi_round", "led_by", "person"),
        _key("tpi_round", "opened_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tpi_round")),
        sa.UniqueConstraint("assessment_id", "no", name=op.f("uq_tpi_round_assessment_id_no")),
    )
    op.create_table(
        "tpi_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("text", sa.String(length=800), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        _moment("made_at"),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        _moment("answered_at", nullable=True),
        sa.Column("remark", sa.String(length=800), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        _moment("decided_at", nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _key("tpi_finding", "answered_by", "person"),
        _key("tpi_finding", "assessment_id", "assessment"),
        _key("tpi_finding", "decided_by", "person"),
        _key("tpi_finding", "made_by", "person"),
        _key("tpi_finding", "person_id", "person"),
        _key("tpi_finding", "round_id", "tpi_round"),
        _key("tpi_finding", "task_id", "task"),
        _key("tpi_finding", "unit_id", "unit"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tpi_finding")),
    )
    for column in ("person_id", "round_id", "task_id", "unit_id"):
        op.create_index(op.f(f"ix_tpi_finding_{column}"), "tpi_finding", [column], unique=False)
    op.create_index("ix_tpi_finding_state", "tpi_finding", ["assessment_id", "state"], unique=False)
    op.create_table(
        "tpi_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        _moment("at"),
        _key("tpi_note", "assessment_id", "assessment"),
        _key("tpi_note", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tpi_note")),
        sa.UniqueConstraint(
            "assessment_id", "item_id", "person_id", name=op.f("uq_tpi_note_assessment_id_item_id_person_id")
        ),
    )
    op.create_index(op.f("ix_tpi_note_person_id"), "tpi_note", ["person_id"], unique=False)


def downgrade() -> None:
    for table in ("tpi_note", "tpi_finding", "tpi_round", "tpi_assignment"):
        op.drop_table(table)
