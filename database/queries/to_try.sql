-- What to try a SELECT on that must fail: the biggest ordinary table of each of the three biggest schemas that the role
-- may use, and one sequence.
WITH ours AS (
  SELECT c.relkind, n.nspname, c.relname, c.relpages,
         row_number() OVER (PARTITION BY n.nspname, c.relkind ORDER BY c.relpages DESC, c.relname) AS place
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'S') AND c.relpersistence <> 't'
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND has_schema_privilege(n.oid, 'USAGE')
     AND NOT (c.relname = 'alembic_version' AND c.relkind = 'r' AND c.relnatts = 1))
(SELECT nspname, relname FROM ours WHERE relkind = 'r' AND place = 1 ORDER BY relpages DESC, nspname LIMIT 3)
UNION ALL
(SELECT nspname, relname FROM ours WHERE relkind = 'S' AND place = 1 ORDER BY nspname LIMIT 1)
