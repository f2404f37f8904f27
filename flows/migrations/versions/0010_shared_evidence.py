"""Tables of units and people that an admin brings in, and evidence that an agency shares with its units.

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_REFERENCE = "fk_evidence_shared_id_shared_evidence"


def upgrade() -> None:
    op.create_table(
        "bulk_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("same", sa.JSON(), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_bulk_import_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_bulk_import_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_import")),
    )
    with op.batch_alter_table("bulk_import", schema=None) as batch_op:
        batch_op.create_index("ix_bulk_import_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_import_person_id"), ["person_id"], unique=False)
    op.create_table(
        "bulk_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["bulk_import.id"], name=op.f("fk_bulk_part_import_id_bulk_import")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_part")),
        sa.UniqueConstraint("import_id", "no", name=op.f("uq_bulk_part_import_id_no")),
    )
    op.create_table(
        "shared_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_shared_evidence_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(["branch_id"], ["unit.id"], name=op.f("fk_shared_evidence_branch_id_unit")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_shared_evidence_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_evidence")),
    )
    with op.batch_alter_table("shared_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_shared_evidence_agency", ["agency_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_evidence_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_evidence_made_by"), ["made_by"], unique=False)
    op.create_table(
        "shared_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shared_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=160), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("link_state", sa.String(length=8), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_shared_version_made_by_person")),
        sa.ForeignKeyConstraint(
            ["sha256"], ["stored_file.sha256"], name=op.f("fk_shared_version_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["shared_id"], ["shared_evidence.id"], name=op.f("fk_shared_version_shared_id_shared_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_version")),
        sa.UniqueConstraint("shared_id", "no", name=op.f("uq_shared_version_shared_id_no")),
    )
    with op.batch_alter_table("shared_version", schema=None) as batch_op:
        batch_op.create_index("ix_shared_version_sha256", ["sha256"], unique=False)
    op.add_column("unit", sa.Column("code", sa.String(length=24), server_default="", nullable=False))
    op.create_index("ix_unit_code", "unit", ["agency_id", "code"])
    if op.get_bind().dialect.name == "sqlite":
        # It takes a reference only within the column's own statement.
        op.execute("ALTER TABLE evidence ADD COLUMN shared_id INTEGER REFERENCES shared_evidence (id)")
    else:
        op.add_column("evidence", sa.Column("shared_id", sa.Integer(), nullable=True))
        op.create_foreign_key(_REFERENCE, "evidence", "shared_evidence", ["shared_id"], ["id"])
    op.add_column("evidence", sa.Column("shared_no", sa.Integer(), nullable=True))
    op.create_index("ix_evidence_shared_id", "evidence", ["shared_id"])


def downgrade() -> None:
    op.drop_index("ix_evidence_shared_id", table_name="evidence")
    for table, column in (("evidence", "shared_no"), ("evidence", "shared_id"), ("unit", "code")):
        if column == "code":
            op.drop_index("ix_unit_code", table_name="unit")
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    op.drop_table("shared_version")
    op.drop_table("shared_evidence")
    op.drop_table("bulk_part")
    op.drop_table("bulk_import")
