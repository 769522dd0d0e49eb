-- One statement a table, which counts its text, JSON and XML values, arrays of them included, and those like a pattern.
SELECT format('SELECT %s, %s FROM %I.%I',
              string_agg(format('count(%I)', a.attname), ' + '),
              string_agg(format('count(*) FILTER (WHERE %I::text ILIKE %L)', a.attname, %s), ' + '),
              n.nspname, c.relname)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
 WHERE c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
   AND (c.relkind <> 'm' OR c.relispopulated)
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (t.typcategory = 'S' OR e.typcategory = 'S'
        OR coalesce(e.typname, t.typname) IN ('json', 'jsonb', 'xml', 'hstore', 'bytea'))
 GROUP BY n.nspname, c.relname
 ORDER BY n.nspname, c.relname
