-- Of every materialized view of ours that may be read: whether it is filled, and its columns as hashed_columns has them.
SELECT format('%I.%I', n.nspname, c.relname) AS title, n.nspname, c.relname, c.relispopulated,
       coalesce((SELECT json_agg(json_build_array(a.attname, CASE WHEN y.typnamespace = 'pg_catalog'::regnamespace
                                                                  THEN y.typname END) ORDER BY a.attnum)
                   FROM pg_catalog.pg_attribute a
                   JOIN pg_catalog.pg_type y ON y.oid = a.atttypid
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'm' AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY title
