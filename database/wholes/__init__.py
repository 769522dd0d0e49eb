"""Databases as wholes: created, cloned, marked, swapped, dropped, and what belongs to them by name."""
