-- Which constraints and indexes of this database PostgreSQL has not proven on every row.
SELECT format('constraint %s on %s', conname, conrelid::regclass) FROM pg_constraint
 WHERE NOT convalidated AND conrelid <> 0
UNION ALL
SELECT format('index %s', indexrelid::regclass) FROM pg_index WHERE NOT indisvalid
 ORDER BY 1
