-- Which of PostgreSQL's own types can be made of which others, and whether an INSERT does so by itself.
SELECT s.typname, t.typname, c.castcontext IN ('i', 'a')
  FROM pg_cast c
  JOIN pg_type s ON s.oid = c.castsource AND s.typnamespace = 'pg_catalog'::regnamespace
  JOIN pg_type t ON t.oid = c.casttarget AND t.typnamespace = 'pg_catalog'::regnamespace
 WHERE c.castsource <> c.casttarget
