"""An application's Alembic history: what revisions it has, and running it in a database of ours."""
