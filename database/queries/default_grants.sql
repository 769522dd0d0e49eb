-- Which privileges roles get on objects that are created later, and whether we could change them.
SELECT format('%I', o.rolname), quote_ident(n.nspname),
       CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
                            WHEN 'T' THEN 'TYPES' WHEN 'L' THEN 'LARGE OBJECTS' ELSE 'SCHEMAS' END,
       a.privilege_type, a.is_grantable,
       CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE format('%I', r.rolname) END,
       pg_has_role(d.defaclrole, 'MEMBER')
  FROM pg_default_acl d
  JOIN pg_roles o ON o.oid = d.defaclrole
  LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
 CROSS JOIN LATERAL aclexplode(d.defaclacl) AS a
  LEFT JOIN pg_roles r ON r.oid = a.grantee
 WHERE a.grantee <> d.defaclrole AND (a.grantee = 0 OR r.rolname IS NOT NULL)
 ORDER BY 1, 2, 3, 6, 4
