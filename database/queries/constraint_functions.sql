-- Which of the schema's own functions its constraints call, with the functions and views that these name in turn, and
-- how each is defined.
WITH RECURSIVE known AS (
  SELECT n.nspname, p.oid, p.proname::text AS name, pg_get_functiondef(p.oid) AS definition,
         EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_constraint'::regclass
                    AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid) AS called
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_language l ON l.oid = p.prolang
   WHERE p.prokind = 'f' AND l.lanname IN ('sql', 'plpgsql')
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   UNION ALL
  SELECT n.nspname, c.oid, c.relname::text, format('CREATE VIEW %I AS %s', c.relname, pg_get_viewdef(c.oid)), false
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm')
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
), reached AS (
  SELECT * FROM known WHERE called
   UNION
  SELECT k.* FROM reached r
    JOIN known k ON strpos(lower(r.definition), lower(k.name)) > 0
)
SELECT name, definition FROM reached ORDER BY nspname, name, oid
