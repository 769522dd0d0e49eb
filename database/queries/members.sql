-- Which of the named roles are members of a role, by a grant to themselves.
SELECT DISTINCT r.rolname::text
  FROM pg_auth_members m
  JOIN pg_roles r ON r.oid = m.member
  JOIN pg_roles o ON o.oid = m.roleid
 WHERE o.rolname = %(owner)s AND r.rolname = ANY(%(names)s)
 ORDER BY 1
