-- On which tables row-level security binds even the owner.
SELECT n.nspname, c.relname
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relforcerowsecurity AND n.nspname !~ '^pg_'
 ORDER BY 1, 2
