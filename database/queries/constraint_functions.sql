-- Which of the schema's own functions its constraints call, with the functions and views that these name in turn, and
-- how each is defined.
WITH RECURSIVE called AS (
  SELECT DISTINCT d.refobjid AS oid
    FROM pg_depend d
   WHERE d.classid = 'pg_constraint'::regclass AND d.refclassid = 'pg_proc'::regclass
), known AS (  -- nothing, where no constraint calls a function: printing thousands of views takes its time
  SELECT n.nspname, p.oid, p.proname::text AS name, pg_get_functiondef(p.oid) AS definition,
         p.oid IN (SELECT oid FROM called) AS called
    FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace
    JOIN pg_language l ON l.oid = p.prolang
   WHERE p.prokind = 'f' AND l.lanname IN ('sql', 'plpgsql')
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND EXISTS (SELECT FROM called)
   UNION ALL
  SELECT n.nspname, c.oid, c.relname::text, format('CREATE VIEW %I AS %s', c.relname, pg_get_viewdef(c.oid)), false
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('v', 'm')
     AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
     AND EXISTS (SELECT FROM called)
), read AS MATERIALIZED (
  SELECT *, lower(name) AS word, lower(definition) AS text FROM known
), reached AS (
  SELECT * FROM read WHERE called
   UNION
  SELECT k.* FROM reached r
    JOIN read k ON strpos(r.text, k.word) > 0
)
SELECT name, definition FROM reached ORDER BY nspname, name, oid
