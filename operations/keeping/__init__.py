"""Keeping rows: what a run does to carry rows of the old staging into the candidate."""
