-- Which foreign keys a table has itself, and not from a table that it is a partition of.
SELECT conname
  FROM pg_constraint
 WHERE conrelid = %(table)s::regclass AND contype = 'f' AND conparentid = 0
