-- Which triggers a table has that look at each row before it is inserted, and are in force.
SELECT tgname
  FROM pg_trigger
 WHERE tgrelid = %(table)s::regclass AND NOT tgisinternal AND tgtype & 7 = 7 AND tgenabled IN ('O', 'A')
 ORDER BY tgname
