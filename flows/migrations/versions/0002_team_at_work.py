"""A team at work: PIC, evidence, review, action items.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _new_columns() -> list[tuple[str, sa.Column[object]]]:
    return [
        ("agency", sa.Column("own_review", sa.String(length=8), server_default="auto", nullable=False)),
        ("invite", sa.Column("acting", sa.String(length=4), nullable=True)),
        ("invite", sa.Column("starts_on", sa.Date(), nullable=True)),
        ("invite", sa.Column("ends_on", sa.Date(), nullable=True)),
        ("membership", sa.Column("acting", sa.String(length=4), nullable=True)),
        ("membership", sa.Column("starts_on", sa.Date(), nullable=True)),
        ("membership", sa.Column("ends_on", sa.Date(), nullable=True)),
    ]


_NEW_PEOPLE = (("invite", "person_id"), ("answer_change", "behalf_id"))


def _add_person(table: str, column: str) -> None:
    """A reference to a person. SQLite takes it only within the column's own statement."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER REFERENCES person (id)")
        return
    op.add_column(table, sa.Column(column, sa.Integer(), nullable=True))
    op.create_foreign_key(f"fk_{table}_{column}_person", table, "person", [column], ["id"])


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("mime", sa.String(length=100), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_evidence_made_by_person")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_evidence_removed_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "evidence_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_evidence_window_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_evidence_window_set_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_evidence_window_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_window")),
        sa.UniqueConstraint(
            "agency_id", "unit_id", "year", name=op.f("uq_evidence_window_agency_id_unit_id_year")
        ),
    )
    with op.batch_alter_table("evidence_window", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_window_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id_person")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_handover_made_by_person")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_handover_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_to_id"), ["to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "endorsement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("total", sa.String(length=12), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_endorsement_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_endorsement_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endorsement")),
    )
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_endorsement_assessment_id"), ["assessment_id"], unique=False)

    op.create_table(
        "evidence_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_evidence_use_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_use_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_evidence_use_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_use")),
        sa.UniqueConstraint(
            "assessment_id",
            "item_id",
            "evidence_id",
            name=op.f("uq_evidence_use_assessment_id_item_id_evidence_id"),
        ),
    )
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_use_evidence", ["evidence_id"], unique=False)

    op.create_table(
        "evidence_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("link_state", sa.String(length=8), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("behalf_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["behalf_id"], ["person.id"], name=op.f("fk_evidence_version_behalf_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_evidence_version_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_evidence_version_made_by_person")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_evidence_version_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_version")),
        sa.UniqueConstraint("evidence_id", "no", name=op.f("uq_evidence_version_evidence_id_no")),
    )
    with op.batch_alter_table("evidence_version", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_version_link", ["link_state", "checked_at"], unique=False)
        batch_op.create_index("ix_evidence_version_sha256", ["sha256"], unique=False)

    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("status_message_id", sa.BigInteger(), nullable=True),
        sa.Column("album_id", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=True),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("caption", sa.String(length=1024), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_intake_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_intake_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_intake_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_intake_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.create_index("ix_intake_album", ["chat_id", "album_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_intake_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "item_work",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=800), nullable=False),
        sa.Column("fix_by", sa.Date(), nullable=True),
        sa.Column("not_applicable", sa.Boolean(), nullable=False),
        sa.Column("na_reason", sa.String(length=800), nullable=False),
        sa.Column("na_by", sa.Integer(), nullable=True),
        sa.Column("na_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waived", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_item_work_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_item_work_decided_by_person")),
        sa.ForeignKeyConstraint(["na_by"], ["person.id"], name=op.f("fk_item_work_na_by_person")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_item_work_sent_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_work")),
        sa.UniqueConstraint("assessment_id", "item_id", name=op.f("uq_item_work_assessment_id_item_id")),
    )
    with op.batch_alter_table("item_work", schema=None) as batch_op:
        batch_op.create_index("ix_item_work_state", ["assessment_id", "state"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("held_time", sa.String(length=12), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("attendees", sa.Integer(), nullable=True),
        sa.Column("leader_present", sa.Boolean(), nullable=True),
        sa.Column("minutes", sa.String(length=6000), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_meeting_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_meeting_evidence_id_evidence")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_meeting_made_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_meeting_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_assessment_id"), ["assessment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "pic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_pic_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_pic_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pic_person_id_person")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_pic_set_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pic")),
        sa.UniqueConstraint("assessment_id", "scope", name=op.f("uq_pic_assessment_id_scope")),
    )
    with op.batch_alter_table("pic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pic_deputy_id"), ["deputy_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pic_person_id"), ["person_id"], unique=False)

    op.create_table(
        "meeting_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_meeting_part_made_by_person")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_part_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_meeting_part_sha256_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_part")),
    )
    with op.batch_alter_table("meeting_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_part_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.String(length=24), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=12), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_task_assessment_id_assessment")
        ),
        sa.ForeignKeyConstraint(["helper_id"], ["person.id"], name=op.f("fk_task_helper_id_person")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_task_made_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_task_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_due_on"), ["due_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index("ix_task_person", ["person_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_promised_on"), ["promised_on"], unique=False)
        batch_op.create_index("ix_task_unit", ["unit_id", "state"], unique=False)

    op.create_table(
        "task_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("behalf_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["behalf_id"], ["person.id"], name=op.f("fk_task_change_behalf_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_change_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_change_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_change")),
    )
    with op.batch_alter_table("task_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_change_task_id"), ["task_id"], unique=False)

    for table, column in _new_columns():
        op.add_column(table, column)
    for table, name in _NEW_PEOPLE:
        _add_person(table, name)


def downgrade() -> None:
    for table, name in _NEW_PEOPLE:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
    for table, column in _new_columns():
        op.drop_column(table, column.name)
    with op.batch_alter_table("task_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_task_change_task_id"))

    op.drop_table("task_change")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_unit")
        batch_op.drop_index(batch_op.f("ix_task_promised_on"))
        batch_op.drop_index("ix_task_person")
        batch_op.drop_index(batch_op.f("ix_task_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_task_due_on"))

    op.drop_table("task")
    with op.batch_alter_table("meeting_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_part_meeting_id"))

    op.drop_table("meeting_part")
    with op.batch_alter_table("pic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pic_person_id"))
        batch_op.drop_index(batch_op.f("ix_pic_deputy_id"))

    op.drop_table("pic")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_unit_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_assessment_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("item_work", schema=None) as batch_op:
        batch_op.drop_index("ix_item_work_state")

    op.drop_table("item_work")
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_unit_id"))
        batch_op.drop_index(batch_op.f("ix_intake_person_id"))
        batch_op.drop_index(batch_op.f("ix_intake_created_at"))
        batch_op.drop_index("ix_intake_album")

    op.drop_table("intake")
    with op.batch_alter_table("evidence_version", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_version_sha256")
        batch_op.drop_index("ix_evidence_version_link")

    op.drop_table("evidence_version")
    with op.batch_alter_table("evidence_use", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_use_evidence")

    op.drop_table("evidence_use")
    with op.batch_alter_table("endorsement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_endorsement_assessment_id"))

    op.drop_table("endorsement")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_unit_id"))
        batch_op.drop_index(batch_op.f("ix_handover_to_id"))
        batch_op.drop_index(batch_op.f("ix_handover_from_id"))

    op.drop_table("handover")
    with op.batch_alter_table("evidence_window", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_window_unit_id"))

    op.drop_table("evidence_window")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_unit_id"))

    op.drop_table("evidence")
    op.drop_table("stored_file")
