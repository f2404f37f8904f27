"""Announcements: media, audience, schedule, who has read them.

Revision ID: 0005
Revises: 0004
"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Announcements: media, audience, schedule, who has read them."""


def downgrade() -> None:
    """Back to what stood before."""
