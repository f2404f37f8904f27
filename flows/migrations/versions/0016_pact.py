"""The pakta integritas of a unit: signers, signed sheets, its pencanangan.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables; nothing that stands is touched."""
    op.create_table(
        "pact_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pact_sheet_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_pact_sheet_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_pact_sheet_added_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_sheet")),
    )
    for column in ("unit_id", "sha256", "added_by"):
        op.create_index(op.f(f"ix_pact_sheet_{column}"), "pact_sheet", [column])
    op.create_table(
        "pact_signer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sheet_id", sa.Integer(), nullable=True),
        sa.Column("willing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pact_signer_unit_id_unit")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pact_signer_person_id_person")),
        sa.ForeignKeyConstraint(
            ["sheet_id"], ["pact_sheet.id"], name=op.f("fk_pact_signer_sheet_id_pact_sheet")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_pact_signer_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_signer")),
        sa.UniqueConstraint("unit_id", "person_id", name=op.f("uq_pact_signer_unit_id_person_id")),
    )
    for column in ("person_id", "sheet_id"):
        op.create_index(op.f(f"ix_pact_signer_{column}"), "pact_signer", [column])
    op.create_table(
        "launch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("charter_on", sa.Date(), nullable=True),
        sa.Column("witnesses", sa.String(length=300), nullable=False),
        sa.Column("published", sa.String(length=500), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_launch_unit_id_unit")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_launch_set_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_launch")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_launch_unit_id")),
    )


def downgrade() -> None:
    """Who has signed is lost; the bytes of the sheets go with the next sweep of the store."""
    op.drop_table("launch")
    op.drop_table("pact_signer")
    op.drop_table("pact_sheet")
