-- Which relations this session itself holds locked, of the modes that keep others waiting.
SELECT relation::bigint, mode
  FROM pg_catalog.pg_locks
 WHERE locktype = 'relation' AND granted AND pid = pg_backend_pid()
   AND mode NOT IN ('AccessShareLock', 'RowShareLock', 'RowExclusiveLock')
 ORDER BY 1, 2
