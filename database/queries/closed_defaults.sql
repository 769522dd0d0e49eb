-- From which objects that roles create later PUBLIC is shut out, although PostgreSQL's default lets it in.
SELECT format('%I', o.rolname), CASE d.defaclobjtype WHEN 'f' THEN 'FUNCTIONS' ELSE 'TYPES' END,
       pg_has_role(d.defaclrole, 'MEMBER')
  FROM pg_default_acl d
  JOIN pg_roles o ON o.oid = d.defaclrole
 WHERE d.defaclnamespace = 0 AND d.defaclobjtype IN ('f', 'T')
   AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) AS a WHERE a.grantee = 0)
 ORDER BY 1, 2
