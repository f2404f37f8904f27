"""Reminders: what each person was told, promised and asked for.

Revision ID: 0004
Revises: 0003
"""

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Reminders: what each person was told, promised and asked for."""


def downgrade() -> None:
    """Back to what stood before."""
