"""Backups that anyone with the identity can restore: taken, listed, checked, let go, restored."""
