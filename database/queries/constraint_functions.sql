-- Which of the schema's own functions its constraints call, and how each is defined.
SELECT p.proname, pg_get_functiondef(p.oid)
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_language l ON l.oid = p.prolang
 WHERE p.prokind = 'f' AND l.lanname IN ('sql', 'plpgsql')
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND EXISTS (SELECT FROM pg_depend d
                WHERE d.classid = 'pg_constraint'::regclass
                  AND d.refclassid = 'pg_proc'::regclass AND d.refobjid = p.oid)
 ORDER BY n.nspname, p.proname, p.oid
