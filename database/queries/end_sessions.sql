-- Ends every other session on the databases of these oids that this role may end, and says how many; the server's own workers
-- (which have no role) give way by themselves.
SELECT count(pg_terminate_backend(a.pid))
  FROM pg_stat_activity a
  JOIN pg_roles theirs ON theirs.oid = a.usesysid
  JOIN pg_roles mine ON mine.rolname = current_user
 WHERE a.datid = ANY(%(databases)s) AND a.pid <> pg_backend_pid()
   AND (mine.rolsuper OR (NOT theirs.rolsuper AND (pg_has_role(theirs.oid, 'USAGE')
                                                   OR pg_has_role('pg_signal_backend', 'USAGE'))))
