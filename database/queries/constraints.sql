-- Which CHECK, foreign key and exclusion constraints bind the tables (unique ones are read as indexes).
SELECT k.conrelid, k.contype, k.conname, k.confrelid, k.condeferrable, k.convalidated,
       pg_get_expr(k.conbin, k.conrelid) AS expression,
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
          FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
         WHERE d.classid = 'pg_class'::regclass AND d.objid = k.conindid
           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = k.conrelid) AS index_columns
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE k.contype IN ('c', 'f', 'x') AND NOT c.relispartition
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
 ORDER BY k.conrelid, k.conname
