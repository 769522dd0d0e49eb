-- What each of the named roles is on this server beside the role that owns a database.
SELECT r.rolname::text,
       EXISTS (SELECT FROM pg_roles s WHERE s.rolsuper AND pg_has_role(r.oid, s.oid, 'MEMBER')),
       r.rolbypassrls,
       pg_has_role(r.oid, o.oid, 'MEMBER'),
       pg_has_role(r.oid, 'pg_read_all_data', 'MEMBER') OR pg_has_role(r.oid, 'pg_write_all_data', 'MEMBER'),
       o.rolsuper,
       pg_has_role(o.oid, 'MEMBER WITH ADMIN OPTION'),
       pg_has_role(r.oid, 'MEMBER')
  FROM pg_roles r
 CROSS JOIN pg_roles o
 WHERE r.rolname = ANY(%(names)s) AND o.rolname = %(owner)s
 ORDER BY 1
