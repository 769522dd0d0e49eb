"""The steps around production's shape: where it comes from, what crosses, what differs, what a release makes of it."""
