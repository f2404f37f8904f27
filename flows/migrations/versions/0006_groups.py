"""Groups linked to a unit, with their topics.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A unit's group, where in it the areas' news go, its topics, and who asked to link which chat."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "linked_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("linked_by", sa.Integer(), nullable=True),
        sa.Column("linked_at", moment, nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("recap", sa.Boolean(), nullable=False),
        sa.Column("scores", sa.Boolean(), nullable=False),
        sa.Column("board", sa.Boolean(), nullable=False),
        sa.Column("board_message_id", sa.BigInteger(), nullable=True),
        sa.Column("board_pinned", sa.Boolean(), nullable=False),
        sa.Column("board_told", sa.Boolean(), nullable=False),
        sa.Column("board_no", sa.Integer(), nullable=False),
        sa.Column("board_seen", sa.Integer(), nullable=False),
        sa.Column("board_day", sa.Date(), nullable=True),
        sa.Column("board_at", moment, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["linked_by"], ["person.id"], name=op.f("fk_linked_group_linked_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_linked_group_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_group")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_linked_group_chat_id")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_linked_group_unit_id")),
        sqlite_autoincrement=True,  # keys of queued messages name the link
    )
    op.create_index(op.f("ix_linked_group_board_at"), "linked_group", ["board_at"])
    op.create_table(
        "group_topic",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["linked_group.id"], name=op.f("fk_group_topic_group_id_linked_group")
        ),
        sa.PrimaryKeyConstraint("group_id", "thread_id", name=op.f("pk_group_topic")),
    )
    op.create_table(
        "group_place",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=8), nullable=False),
        sa.Column("thread_id", sa.BigInteger(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["linked_group.id"], name=op.f("fk_group_place_group_id_linked_group")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_group_place_set_by_person")),
        sa.PrimaryKeyConstraint("group_id", "area", name=op.f("pk_group_place")),
    )
    op.create_table(
        "group_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=128), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_group_claim_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_claim")),
        sa.UniqueConstraint("chat_id", "person_id", name=op.f("uq_group_claim_chat_id_person_id")),
    )
    op.create_index(op.f("ix_group_claim_at"), "group_claim", ["at"])
    op.create_index(op.f("ix_group_claim_person_id"), "group_claim", ["person_id"])


def downgrade() -> None:
    """No group belongs to a unit any more; what was written there stays."""
    op.drop_index(op.f("ix_group_claim_person_id"), "group_claim")
    op.drop_index(op.f("ix_group_claim_at"), "group_claim")
    op.drop_table("group_claim")
    op.drop_table("group_place")
    op.drop_table("group_topic")
    op.drop_index(op.f("ix_linked_group_board_at"), "linked_group")
    op.drop_table("linked_group")
