"""Scenarios: named sets of rows for acceptance testing, each a short file that a tester can read and copy."""
