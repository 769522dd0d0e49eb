"""Where a shape may come from: a live database, a file, an Alembic history, a snapshot that was kept."""
