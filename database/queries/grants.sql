-- Which privileges roles other than the owner hold on a database's schemas, tables, columns, sequences and functions.
WITH granted AS (
    SELECT 'SCHEMA' AS kind, format('%I', n.nspname) AS name, NULL::text AS attribute, n.nspowner AS owner, n.nspacl AS acl
      FROM pg_namespace n
     WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, format('%I.%I', n.nspname, c.relname), NULL,
           c.relowner, c.relacl
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    UNION ALL
    SELECT 'TABLE', format('%I.%I', n.nspname, c.relname), format('%I', a.attname), c.relowner, a.attacl
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE a.attacl IS NOT NULL AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
    UNION ALL
    SELECT 'ROUTINE', format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), NULL,
           p.proowner, p.proacl
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
)
SELECT g.kind, g.name, g.attribute, a.privilege_type, a.is_grantable,
       CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE format('%I', r.rolname) END
  FROM granted g
 CROSS JOIN LATERAL aclexplode(g.acl) AS a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE a.grantee <> g.owner AND (a.grantee = 0 OR r.rolname IS NOT NULL)
 ORDER BY 1, 2, 3 NULLS FIRST, 6, 4
