"""Indexes for what every beat of the heart and every tap asks.

Revision ID: 0021
Revises: 0015
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_announcement_created_by", "announcement", ["created_by"]),
    ("ix_linked_group_board", "linked_group", ["board", "board_at"]),
    ("ix_lke_import_state", "lke_import", ["state", "created_at"]),
    ("ix_unit_duty_active", "unit_duty", ["active", "unit_id"]),
    ("ix_unit_request_state", "unit_request", ["state"]),
)


def upgrade() -> None:
    """Nothing is read from end to end any more that grows with the number of units."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """The same answers, more slowly."""
    for name, table, _ in reversed(INDEXES):
        op.drop_index(name, table)
