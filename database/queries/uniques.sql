-- Which primary keys, unique constraints and unique indexes bind the tables; those of one partition alone bind its rows.
SELECT coalesce(pg_partition_root(x.indrelid)::oid, x.indrelid), i.relname, x.indisprimary AND NOT c.relispartition,
       CASE WHEN c.relispartition
            THEN concat_ws(' AND ', '(' || pg_get_expr(x.indpred, x.indrelid) || ')',
                           '(' || pg_get_partition_constraintdef(c.oid) || ')')
            ELSE pg_get_expr(x.indpred, x.indrelid) END AS predicate,
       coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_not_distinct,
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = u.number) AS plain_columns,
       (SELECT array_agg(pg_get_indexdef(x.indexrelid, place::int, true) ORDER BY place)
          FROM unnest(x.indkey[0:x.indnkeyatts - 1]) WITH ORDINALITY AS u(number, place)
         WHERE u.number = 0) AS expressions,
       (SELECT array_agg(DISTINCT a.attname::text)  -- pg_depend would name INCLUDE and WHERE columns as well
          FROM regexp_matches(x.indexprs::text, ':varattno (\d+)', 'g') AS v(number)
          JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = v.number[1]::int) AS expression_columns
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE x.indisunique AND c.relkind IN ('r', 'p')
   AND NOT (c.relispartition AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid))
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
 ORDER BY x.indrelid, x.indisprimary DESC, i.relname
