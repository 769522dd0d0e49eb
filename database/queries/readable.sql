-- Which tables, views and sequences this role, the one that signed in, or one it could become by SET ROLE, could read a
-- row or value of, by a grant on the whole or on a column; alembic_version is left out as long as it holds nothing but the revision, which a
-- snapshot takes along.
WITH mine AS (SELECT oid FROM pg_roles WHERE pg_has_role(oid, 'MEMBER') OR pg_has_role(session_user, oid, 'MEMBER'))
SELECT format('%I.%I', n.nspname, c.relname)
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND EXISTS (SELECT FROM mine m
                WHERE has_schema_privilege(m.oid, n.oid, 'USAGE')
                  AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(m.oid, c.oid, 'SELECT')
                      ELSE has_table_privilege(m.oid, c.oid, 'SELECT')
                           OR has_any_column_privilege(m.oid, c.oid, 'SELECT') END)
   AND NOT (c.relname = 'alembic_version' AND c.relkind = 'r' AND c.relnatts = 1)
 ORDER BY 1
