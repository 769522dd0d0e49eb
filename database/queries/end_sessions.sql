-- Ends every other session on the named databases, and says how many.
SELECT count(pg_terminate_backend(pid))
  FROM pg_stat_activity
 WHERE datname = ANY(%(names)s) AND pid <> pg_backend_pid()
