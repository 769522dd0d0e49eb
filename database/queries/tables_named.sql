-- Which ordinary tables bear that name: in that schema or, if none is given, in any; `public` first.
SELECT n.nspname, c.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r' AND c.relname = %(name)s AND n.nspname = coalesce(%(schema)s::text, n.nspname)
 ORDER BY n.nspname <> 'public', n.nspname
