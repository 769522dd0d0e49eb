-- One statement a table, which counts the values that could hold a text, and those of them that are like a pattern:
-- every type but numbers, times, truth values, enums, addresses and shapes; so also JSON, XML, and arrays.
SELECT format('SELECT %%s, %%s FROM %%I.%%I',
              string_agg(format('count(%%I)', a.attname), ' + '),
              string_agg(format('count(*) FILTER (WHERE %%I::text ILIKE %%L)', a.attname, %(pattern)s::text), ' + '),
              n.nspname, c.relname)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
 WHERE (c.relkind IN ('r', 'p') OR c.relkind = 'm' AND c.relispopulated) AND NOT c.relispartition
   AND a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND t.typcategory NOT IN ('B', 'D', 'E', 'G', 'I', 'N', 'T')
 GROUP BY n.nspname, c.relname
 ORDER BY n.nspname, c.relname
