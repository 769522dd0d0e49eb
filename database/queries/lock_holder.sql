-- Who holds the advisory lock of this key, and since when.
SELECT a.application_name, date_trunc('second', a.backend_start)::text
  FROM pg_locks l
  JOIN pg_stat_activity a ON a.pid = l.pid
 WHERE l.locktype = 'advisory' AND l.granted
   AND l.classid = %(high)s::bigint::oid AND l.objid = %(low)s::bigint::oid AND l.objsubid = 1
