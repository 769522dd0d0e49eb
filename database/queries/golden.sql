-- Which database the golden is, and how many rows were written in it since it was made, by the server's own count.
SELECT d.oid, coalesce(s.tup_inserted + s.tup_updated + s.tup_deleted, 0)
  FROM pg_database d LEFT JOIN pg_stat_database s ON s.datid = d.oid
 WHERE d.datname = %(name)s
