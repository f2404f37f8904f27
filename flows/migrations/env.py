"""Alembic environment: runs on the connection handed over by `flows.migrations.upgrade`."""

from alembic import context

import flows.models  # noqa: F401  (registers every table)
from flows.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
