"""Rows that are given rather than derived: by lookups, fixtures, and the staging that is replaced."""
