-- Which policies of row-level security name which roles; PUBLIC is none.
SELECT format('%I', p.polname), format('%I.%I', n.nspname, c.relname),
       (SELECT json_agg(r.rolname ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY(p.polroles))
  FROM pg_policy p
  JOIN pg_class c ON c.oid = p.polrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE p.polroles <> '{0}'
 ORDER BY 2, 1
