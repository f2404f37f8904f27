"""Interview drills of persons, and the counter walks of units.

Revision ID: 0018
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Six tables; nothing that stands changes."""
    op.create_table(
        "drill_enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("remind", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("drilled_on", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_drill_enrolment_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_drill_enrolment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_enrolment")),
        sa.UniqueConstraint("person_id", "unit_id", name=op.f("uq_drill_enrolment_person_id_unit_id")),
    )
    op.create_index(op.f("ix_drill_enrolment_unit_id"), "drill_enrolment", ["unit_id"])
    op.create_table(
        "drill_card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("card", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=8), nullable=False),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("seen_times", sa.Integer(), nullable=False),
        sa.Column("right_times", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_drill_card_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "card", name=op.f("pk_drill_card")),
    )
    op.create_table(
        "drill_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("cards", sa.JSON(), nullable=False),
        sa.Column("picks", sa.JSON(), nullable=False),
        sa.Column("marks", sa.JSON(), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_drill_round_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_drill_round_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_round")),
    )
    op.create_index(op.f("ix_drill_round_person_id"), "drill_round", ["person_id"])
    op.create_table(
        "walk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_walk_unit_id_unit")),
        sa.ForeignKeyConstraint(["begun_by"], ["person.id"], name=op.f("fk_walk_begun_by_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_walk_ended_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk")),
    )
    op.create_index("ix_walk_unit", "walk", ["unit_id", "ended_at"])
    op.create_table(
        "walk_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("walk_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["walk_id"], ["walk.id"], name=op.f("fk_walk_mark_walk_id_walk")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_walk_mark_set_by_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_walk_mark_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_mark")),
        sa.UniqueConstraint("walk_id", "point", name=op.f("uq_walk_mark_walk_id_point")),
    )
    op.create_table(
        "walk_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("walk_id", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(length=20), nullable=False),
        sa.Column("file", sa.JSON(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intake_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["walk_id"], ["walk.id"], name=op.f("fk_walk_photo_walk_id_walk")),
        sa.ForeignKeyConstraint(["taken_by"], ["person.id"], name=op.f("fk_walk_photo_taken_by_person")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_walk_photo_intake_id_intake")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_walk_photo")),
    )
    op.create_index("ix_walk_photo_point", "walk_photo", ["walk_id", "point"])


def downgrade() -> None:
    """Drills and walks are lost."""
    op.drop_table("walk_photo")
    op.drop_table("walk_mark")
    op.drop_table("walk")
    op.drop_table("drill_round")
    op.drop_table("drill_card")
    op.drop_table("drill_enrolment")
