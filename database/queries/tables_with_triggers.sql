-- Which tables have triggers of their own that are in force.
SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relkind IN ('r', 'p')
 ORDER BY 1
