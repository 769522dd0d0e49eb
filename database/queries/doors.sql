-- What code could act outside the database by: every function that is not PostgreSQL's own, with what is called in it
-- and why it acts outside by itself, if it does; tables that are elsewhere; and views, with what they read.
SELECT p.oid, p.proname::text, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc),
       CASE WHEN e.extname IS NOT NULL AND NOT coalesce(v.trusted, false)
            THEN format('belongs to the extension %s, which PostgreSQL does not trust', e.extname)
            WHEN e.extname IS NULL AND l.lanname NOT IN ('internal', 'sql') AND NOT l.lanpltrusted
            THEN format('is written in %s, which PostgreSQL does not trust', l.lanname)
       END,
       e.extname::text
  FROM pg_proc p
  JOIN pg_namespace n ON n.oid = p.pronamespace
  JOIN pg_language l ON l.oid = p.prolang
  LEFT JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  LEFT JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
  LEFT JOIN pg_available_extension_versions v ON v.name = e.extname AND v.version = e.extversion
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
UNION ALL
SELECT c.oid, c.relname::text, '', 'is a foreign table', NULL
  FROM pg_class c
 WHERE c.relkind = 'f'
UNION ALL
SELECT c.oid, c.relname::text, pg_get_viewdef(c.oid), NULL, NULL
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('v', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
