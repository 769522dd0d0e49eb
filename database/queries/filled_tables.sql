-- Which tables have pages of rows on disk, without reading one: ordinary ones and leaf partitions.
SELECT n.nspname::text, c.relname::text
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND pg_catalog.pg_relation_size(c.oid) > 0
 ORDER BY 1, 2
