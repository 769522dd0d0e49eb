-- Which constraints and indexes of this database PostgreSQL has not proven on every row; named as in objects_constraints.sql.
SELECT format('constraint %I.%I.%I', n.nspname, c.relname, k.conname)
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT k.convalidated
UNION ALL
SELECT format('index %I.%I', n.nspname, c.relname)
  FROM pg_index x
  JOIN pg_class c ON c.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT x.indisvalid
 ORDER BY 1
