-- What belongs to a database by its name, and so is not carried by a rename: settings and who may connect.
SELECT coalesce((SELECT json_agg(json_build_array(r.rolname, entry) ORDER BY r.rolname, place)
                   FROM pg_db_role_setting s
                   LEFT JOIN pg_roles r ON r.oid = s.setrole
                  CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS u(entry, place)
                  WHERE s.setdatabase = d.oid), '[]'),
       coalesce((SELECT json_agg(json_build_array(coalesce(g.rolname, 'public'), a.privilege_type, a.is_grantable,
                                                  a.grantee = 0) ORDER BY g.rolname, a.privilege_type)
                   FROM aclexplode(d.datacl) AS a
                   LEFT JOIN pg_roles g ON g.oid = a.grantee), '[]'),
       d.datacl IS NULL
  FROM pg_database d
 WHERE d.datname = %(name)s
