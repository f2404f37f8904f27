"""Announcements: media, audience, schedule, who has read them.

Revision ID: 0005
Revises: 0004
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _columns() -> list[tuple[str, sa.Column[Any]]]:
    moment = sa.DateTime(timezone=True)
    news: list[sa.Column[Any]] = [
        sa.Column("scope", sa.String(length=8), server_default="unit", nullable=False),
        sa.Column("gate", sa.String(length=24), server_default="", nullable=False),
        sa.Column("unit_ids", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("html", sa.String(), server_default="", nullable=False),
        sa.Column("media", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("kind", sa.String(length=8), server_default="", nullable=False),
        sa.Column("meets_at", moment, nullable=True),
        sa.Column("people", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("send_at", moment, nullable=True),
        sa.Column("valid_until", moment, nullable=True),
        *(
            sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)
            for name in ("reached_to", "never_opened", "unreachable")
        ),
        sa.Column("suggest_at", moment, nullable=True),
        sa.Column("reminded_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
    ]
    queue: list[sa.Column[Any]] = [
        sa.Column("thread_id", sa.BigInteger(), nullable=True),
        sa.Column("reply_to", sa.BigInteger(), nullable=True),
        sa.Column("pin", sa.Boolean(), server_default=sa.false(), nullable=False),
    ]
    return [*(("announcement", c) for c in news), *(("outbox", c) for c in queue)]


def upgrade() -> None:
    """What an announcement holds beside its text, what receivers said, and where queued messages go."""
    for table, column in _columns():
        op.add_column(table, column)
    op.create_index("ix_announcement_send_at", "announcement", ["send_at"])
    op.create_index("ix_announcement_suggest_at", "announcement", ["suggest_at"])
    op.create_table(
        "announcement_receipt",
        sa.Column("announcement_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("absent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcement.id"],
            name=op.f("fk_announcement_receipt_announcement_id_announcement"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_announcement_receipt_person_id_person")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "person_id", name=op.f("pk_announcement_receipt")),
    )
    op.create_index(op.f("ix_announcement_receipt_person_id"), "announcement_receipt", ["person_id"])
    op.drop_index("ix_outbox_announcement_id", "outbox")
    op.create_index("ix_outbox_announcement", "outbox", ["announcement_id", "state", "error"])
    op.create_index("ix_outbox_slot", "outbox", ["slot", "chat_id"])


def downgrade() -> None:
    """Scheduled and stopped announcements are not known below."""
    op.execute("UPDATE announcement SET state = 'draft' WHERE state IN ('scheduled', 'counting')")
    op.execute("UPDATE announcement SET state = 'done' WHERE state = 'stopped'")
    op.drop_index("ix_outbox_slot", "outbox")
    op.drop_index("ix_outbox_announcement", "outbox")
    op.create_index("ix_outbox_announcement_id", "outbox", ["announcement_id"])
    op.drop_table("announcement_receipt")
    op.drop_index("ix_announcement_suggest_at", "announcement")
    op.drop_index("ix_announcement_send_at", "announcement")
    for table, column in reversed(_columns()):
        op.drop_column(table, column.name)
