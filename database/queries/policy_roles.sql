-- Which roles row-level security policies name, besides PUBLIC.
SELECT DISTINCT r.rolname
  FROM pg_policy p
 CROSS JOIN LATERAL unnest(p.polroles) AS role_oid
  JOIN pg_roles r ON r.oid = role_oid
 ORDER BY 1
