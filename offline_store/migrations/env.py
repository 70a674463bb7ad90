"""What Alembic runs. The transaction belongs to whoever handed in the connection."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from offline_store.schema import metadata

connection: Connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
