"""Reminders: what each person was told, promised and asked for.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reminders: what each person was told, promised and asked for."""
    op.create_table(
        "reminder_round",
        sa.Column("zone", sa.String(length=4), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("zone", "slot_minutes", name=op.f("pk_reminder_round")),
    )
    op.create_table(
        "agency_reminding",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("to_admin", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_agency_reminding_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_agency_reminding_set_by_person")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_agency_reminding")),
    )
    op.create_table(
        "reminder_pref",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=True),
        sa.Column("quiet_minutes", sa.Integer(), nullable=True),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_pref_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reminder_pref")),
    )
    with op.batch_alter_table("reminder_pref", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_pref_away_until"), ["away_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_pref_slot_minutes"), ["slot_minutes"], unique=False)

    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_escalation_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_escalation_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint(
            "unit_id",
            "kind",
            "ref",
            "due_on",
            "level",
            "person_id",
            name=op.f("uq_escalation_unit_id_kind_ref_due_on_level_person_id"),
        ),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_told", ["person_id", "told_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_escalation_told_on"), ["told_on"], unique=False)

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("first_told_on", sa.Date(), nullable=True),
        sa.Column("last_told_on", sa.Date(), nullable=True),
        sa.Column("times_told", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("stuck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_mine_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_reminder_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "unit_id", "person_id", "kind", "ref", name=op.f("uq_reminder_unit_id_person_id_kind_ref")
        ),
    )
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reminder_again_at"), ["again_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_again_on"), ["again_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_reminder_promised_on"), ["promised_on"], unique=False)
        batch_op.create_index("ix_reminder_told", ["person_id", "last_told_on"], unique=False)

    op.create_table(
        "unit_reminding",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.JSON(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_unit_reminding_set_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_reminding_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_reminding")),
    )


def downgrade() -> None:
    """Back to what stood before."""

    op.drop_table("unit_reminding")
    with op.batch_alter_table("reminder", schema=None) as batch_op:
        batch_op.drop_index("ix_reminder_told")
        batch_op.drop_index(batch_op.f("ix_reminder_promised_on"))
        batch_op.drop_index(batch_op.f("ix_reminder_again_on"))
        batch_op.drop_index(batch_op.f("ix_reminder_again_at"))

    op.drop_table("reminder")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_escalation_told_on"))
        batch_op.drop_index("ix_escalation_told")

    op.drop_table("escalation")
    with op.batch_alter_table("reminder_pref", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reminder_pref_slot_minutes"))
        batch_op.drop_index(batch_op.f("ix_reminder_pref_away_until"))

    op.drop_table("reminder_pref")
    op.drop_table("agency_reminding")
    op.drop_table("reminder_round")
