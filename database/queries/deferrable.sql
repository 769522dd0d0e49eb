-- Which unique and exclusion constraints of a table are deferrable, and how each is defined.
SELECT conname, pg_get_constraintdef(oid)
  FROM pg_constraint
 WHERE conrelid = %(table)s::regclass AND condeferrable AND contype IN ('p', 'u', 'x')
