"""Runs migrations on the connection that the store hands over."""

from alembic import context

from editor.store.db.tables import Base

#: The index of words and its rows are SQLite's alone; the migration that makes them says more.
_WORDS = ("segment_texts", "segment_words")

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    include_name=lambda name, kind, parents: kind != "table" or not str(name).startswith(_WORDS),
)
with context.begin_transaction():
    context.run_migrations()
