"""Runs the revisions on the connection that the program hands over; see store/migrate.py."""

from alembic import context
from sqlmodel import SQLModel

import poa_tracker.store.tables  # noqa: F401

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
