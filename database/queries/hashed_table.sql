-- The columns of one table, partitioned or not, as hashed_columns has them; no row if there is no such table to be read.
SELECT json_agg(json_build_array(a.attname, CASE WHEN y.typnamespace = 'pg_catalog'::regnamespace
                                                 THEN y.typname END) ORDER BY a.attnum)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
 WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p')
   AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
 GROUP BY c.oid
