"""The jobs and steps around backups: taken, kept, let go, tested, restored; how it is done is in `backups`."""
