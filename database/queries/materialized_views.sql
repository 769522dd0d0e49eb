-- Which materialized views exist, in an order in which each can be refreshed after those it reads.
WITH RECURSIVE reads AS (
    SELECT DISTINCT w.ev_class AS reader, d.refobjid AS source
      FROM pg_rewrite w
      JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
       AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> w.ev_class
), depth AS (
    SELECT c.oid, 0 AS level FROM pg_class c WHERE c.relkind IN ('m', 'v')
    UNION
    SELECT r.reader, depth.level + 1 FROM depth JOIN reads r ON r.source = depth.oid
)
SELECT n.nspname, c.relname
  FROM depth
  JOIN pg_class c ON c.oid = depth.oid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind = 'm' AND n.nspname !~ '^pg_'
 GROUP BY n.nspname, c.relname
 ORDER BY max(depth.level), n.nspname, c.relname
