-- Which indexes may refuse a row for itself: how each is made, without its name and table; whether that hangs on an
-- expression, which may fail; its columns of variable length, which may be too long; the partition it is on alone; and
-- the constraint's definition where that refuses an empty period.
SELECT rn.nspname, r.relname, i.relname,
       substr(pg_get_indexdef(x.indexrelid), length(format(
           'CREATE %sINDEX %I ON %s%s ', CASE WHEN x.indisunique THEN 'UNIQUE ' END, i.relname,
           CASE WHEN c.relkind = 'p' THEN 'ONLY ' END, c.oid::regclass)) + 1) AS made,
       x.indexprs IS NOT NULL OR x.indpred IS NOT NULL AS computed,
       ARRAY(SELECT a.attname::text
               FROM pg_attribute a
              WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey) AND a.attlen = -1) AS long_columns,
       CASE WHEN c.relispartition THEN c.oid::regclass::text END AS partition,
       (SELECT pg_get_constraintdef(k.oid)
          FROM pg_constraint k
         WHERE k.conindid = x.indexrelid AND k.conrelid = x.indrelid AND k.contype IN ('p', 'u')
           AND (to_jsonb(k) ->> 'conperiod')::boolean) AS temporal
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'p')
  JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid)::oid, c.oid)
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
 WHERE NOT (c.relispartition AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid))
   AND rn.nspname <> 'information_schema' AND rn.nspname !~ '^pg_'
 ORDER BY rn.nspname, r.relname, i.relname
