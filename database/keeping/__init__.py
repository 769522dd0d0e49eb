"""Carrying rows from the old staging into a candidate: landed, fitted by PostgreSQL, settled, loaded.

All of it happens in a schema of ours in the candidate, between pre-data and post-data; names in it are numbers.
"""
