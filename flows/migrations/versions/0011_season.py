"""After the submission: shortlist, results by stage, notes of the LHE.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def _person(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["person.id"], name=op.f(f"fk_{table}_{column}_person"))


def _unit(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id_unit"))


def _agency(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f(f"fk_{table}_agency_id_agency"))


def upgrade() -> None:
    op.create_table(
        "season_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer(), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _agency("season_round"),
        _person("season_round", "set_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_round")),
        sa.UniqueConstraint("agency_id", "year", name=op.f("uq_season_round_agency_id_year")),
    )
    op.create_table(
        "season_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("pick", sa.String(length=4), nullable=False),
        sa.Column("told", sa.String(length=4), nullable=False),
        sa.Column("picked_by", sa.Integer(), nullable=True),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _agency("season_unit"),
        _unit("season_unit"),
        _person("season_unit", "picked_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_season_unit")),
        sa.UniqueConstraint("unit_id", "year", name=op.f("uq_season_unit_unit_id_year")),
    )
    op.create_index("ix_season_unit_stage", "season_unit", ["agency_id", "year", "stage", "unit_id"])
    op.create_table(
        "stage_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _unit("stage_result"),
        _person("stage_result", "set_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_result")),
        sa.UniqueConstraint("unit_id", "year", "stage", name=op.f("uq_stage_result_unit_id_year_stage")),
    )
    op.create_table(
        "lhe_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        _unit("lhe_note"),
        _person("lhe_note", "made_by"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_lhe_note_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lhe_note")),
    )
    op.create_index("ix_lhe_note_year", "lhe_note", ["unit_id", "year"])


def downgrade() -> None:
    op.drop_table("lhe_note")
    op.drop_table("stage_result")
    op.drop_table("season_unit")
    op.drop_table("season_round")
