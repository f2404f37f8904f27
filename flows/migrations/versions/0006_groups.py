"""Groups linked to a unit, with their topics.

Revision ID: 0006
Revises: 0005
"""

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Groups linked to a unit, with their topics."""


def downgrade() -> None:
    """Back to what stood before."""
