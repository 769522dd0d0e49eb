-- Which expressions PostgreSQL computes of a table's rows for indexes that are not unique, each with its WHERE.
SELECT coalesce(pg_partition_root(x.indrelid)::oid, x.indrelid), i.relname,
       pg_get_indexdef(x.indexrelid, u.place::int, true), pg_get_expr(x.indpred, x.indrelid)
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS u(number, place)
 WHERE u.number = 0 AND NOT x.indisunique AND c.relkind IN ('r', 'p')
   AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = x.indexrelid)
   AND NOT (c.relispartition AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid))
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
 ORDER BY x.indrelid, i.relname, u.place
