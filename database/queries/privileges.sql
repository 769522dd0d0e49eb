-- What may be granted on in a database, each with its owner, whether PUBLIC is shut out, and who holds what on it.
WITH ours AS (
    SELECT oid, nspname, nspowner, nspacl FROM pg_namespace
     WHERE nspname <> 'information_schema' AND nspname !~ '^pg_' AND nspname <> 'greenroom_ledger'
), things AS (
    SELECT 'SCHEMA' AS kind, nspname, format('%I', nspname) AS name, NULL::text AS attribute, nspowner AS owner,
           nspacl AS acl, CASE WHEN nspname = 'public' THEN 'USAGE' END AS usual, 'pg_namespace'::regclass AS class,
           oid, 0 AS part
      FROM ours
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, n.nspname, format('%I.%I', n.nspname, c.relname),
           NULL, c.relowner, c.relacl, NULL, 'pg_class'::regclass, c.oid, 0
      FROM pg_class c JOIN ours n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT 'TABLE', n.nspname, format('%I.%I', n.nspname, c.relname), format('%I', a.attname), c.relowner, a.attacl,
           NULL, 'pg_class'::regclass, c.oid, a.attnum
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN ours n ON n.oid = c.relnamespace
     WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT 'ROUTINE', n.nspname,
           format('%I.%I(%s)', n.nspname, p.proname,
                  (SELECT string_agg(format_type(u.type, NULL), ', ' ORDER BY u.place)
                     FROM unnest(p.proargtypes) WITH ORDINALITY AS u(type, place))),
           NULL, p.proowner, p.proacl, 'EXECUTE', 'pg_proc'::regclass, p.oid, 0
      FROM pg_proc p JOIN ours n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 'TYPE', n.nspname, format('%I.%I', n.nspname, t.typname), NULL, t.typowner, t.typacl, 'USAGE',
           'pg_type'::regclass, t.oid, 0
      FROM pg_type t JOIN ours n ON n.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
     WHERE t.typtype <> 'm' AND (t.typcategory <> 'A' OR t.typtype = 'd') AND (c.oid IS NULL OR c.relkind = 'c')
)
SELECT t.kind, format('%I', t.nspname), t.name, t.attribute, format('%I', pg_get_userbyid(t.owner)),
       pg_has_role(t.owner, 'USAGE')
           AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = t.class AND d.objid = t.oid AND d.deptype = 'e'),
       t.usual IS NOT NULL AND t.acl IS NOT NULL
           AND NOT EXISTS (SELECT FROM aclexplode(t.acl) AS a WHERE a.grantee = 0 AND a.privilege_type = t.usual)
           AND NOT EXISTS (SELECT FROM pg_init_privs i  -- what CREATE EXTENSION closes, it closes on the other side too
                            WHERE i.classoid = t.class AND i.objoid = t.oid AND i.objsubid = 0 AND i.privtype = 'e'),
       coalesce((SELECT json_agg(json_build_array(a.privilege_type, a.is_grantable,
                                                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE format('%I', r.rolname) END)
                                 ORDER BY a.grantee <> 0, r.rolname, a.privilege_type)
                   FROM aclexplode(t.acl) AS a
                   LEFT JOIN pg_roles r ON r.oid = a.grantee
                  WHERE a.grantee <> t.owner AND (a.grantee = 0 OR r.oid IS NOT NULL)
                    AND NOT EXISTS (SELECT
                                      FROM pg_init_privs i
                                     CROSS JOIN LATERAL aclexplode(i.initprivs) AS b
                                     WHERE i.classoid = t.class AND i.objoid = t.oid AND i.objsubid = t.part
                                       AND i.privtype = 'e' AND b.grantee = a.grantee
                                       AND b.privilege_type = a.privilege_type)), '[]')
  FROM things t
 ORDER BY t.kind, t.name, t.attribute NULLS FIRST
