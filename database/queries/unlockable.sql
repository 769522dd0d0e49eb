-- Which tables pg_dump could not lock as this role, and whether for want of USAGE on the schema; else it is for want of
-- a privilege that allows the lock: before PostgreSQL 16 that is SELECT alone (LockTableAclCheck in PostgreSQL's source),
-- and MAINTAIN is there from 17 on. pg_dump does not lock what belongs to an extension.
SELECT format('%I.%I', n.nspname, c.relname), NOT has_schema_privilege(n.oid, 'USAGE')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid,
       CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'SELECT'
            WHEN current_setting('server_version_num')::int < 170000 THEN 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE'
            ELSE 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, MAINTAIN' END))
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                    WHERE e.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
 ORDER BY 1
