"""The clock: the only package that knows Prefect. Each flow carries out one job, its steps as tasks."""
