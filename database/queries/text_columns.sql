-- Which columns hold text or JSON, table by table; partitions are read through their root.
SELECT n.nspname, c.relname, array_agg(a.attname::text ORDER BY a.attnum)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (t.typcategory = 'S' OR e.typcategory = 'S' OR coalesce(e.typname, t.typname) IN ('json', 'jsonb', 'xml', 'hstore'))
 GROUP BY n.nspname, c.relname
 ORDER BY 1, 2
