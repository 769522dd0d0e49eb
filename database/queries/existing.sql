-- Which of the named databases exist.
SELECT datname::text, oid FROM pg_database WHERE datname = ANY(%(names)s)
