"""Rows that are given rather than derived: by lookups, fixtures, migrations, and the staging that is replaced."""
