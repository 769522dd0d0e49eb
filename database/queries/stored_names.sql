-- Of every table its title, and its schema and name in the bytes that the database keeps, which an archive has too.
SELECT format('%I.%I', n.nspname, c.relname) AS title,
       convert_to(n.nspname::text, getdatabaseencoding()), convert_to(c.relname::text, getdatabaseencoding())
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'r'
