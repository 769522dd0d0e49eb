-- Which CHECK, foreign key and exclusion constraints bind the tables (unique ones are read as indexes); what one
-- partition alone demands is told of its root, a CHECK with the partition's own condition.
SELECT coalesce(pg_partition_root(k.conrelid)::oid, k.conrelid), k.contype, k.conname, tn.nspname, t.relname, k.condeferrable, k.convalidated,
       CASE WHEN c.relispartition AND k.contype = 'c'
            THEN format('(%s) IS NOT TRUE OR %s', pg_get_partition_constraintdef(c.oid), pg_get_expr(k.conbin, c.oid))
            ELSE pg_get_expr(k.conbin, k.conrelid) END AS expression,
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number) AS columns,
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number) AS target_columns,
       (SELECT array_agg(o.oprname::text ORDER BY u.place)
          FROM unnest(k.conexclop) WITH ORDINALITY AS u(operator, place)
          JOIN pg_operator o ON o.oid = u.operator) AS operators,
       (SELECT array_agg(pg_get_indexdef(k.conindid, i, true) ORDER BY i)
          FROM generate_series(1, cardinality(k.conexclop)) AS i) AS elements,
       (SELECT pg_get_expr(x.indpred, x.indrelid) FROM pg_index x WHERE x.indexrelid = k.conindid) AS predicate,
       (SELECT array_agg(DISTINCT a.attname::text)
          FROM pg_index x
         CROSS JOIN regexp_matches(x.indexprs::text, ':varattno (\d+)', 'g') AS v(number)
          JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = v.number[1]::int
         WHERE x.indexrelid = k.conindid AND k.contype = 'x') AS expression_columns
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_class t ON t.oid = k.confrelid
  LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
 WHERE k.contype IN ('c', 'f', 'x') AND k.conparentid = 0
   AND NOT (c.relispartition AND (k.contype = 'x' OR k.coninhcount > 0))
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
 ORDER BY k.conrelid, k.conname
