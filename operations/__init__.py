"""Running it: settings, jobs, audit trail, report, command line; works with Prefect down."""
