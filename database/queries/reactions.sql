-- Which tables have triggers or rules of their own that are in force, and what turns each table's off.
SELECT format('%I.%I', n.nspname, c.relname),
       array_remove(array[CASE WHEN bool_or(not o.rule) THEN 'DISABLE TRIGGER USER' END]
                    || array_agg(format('DISABLE RULE %I', o.name)) FILTER (WHERE o.rule), NULL)
  FROM (SELECT tgrelid AS at, tgname AS name, false AS rule FROM pg_trigger
         WHERE NOT tgisinternal AND tgenabled <> 'D'
        UNION ALL
        SELECT ev_class, rulename, true FROM pg_rewrite WHERE ev_type <> '1' AND ev_enabled <> 'D') o
  JOIN pg_class c ON c.oid = o.at
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p')
 GROUP BY n.nspname, c.relname
 ORDER BY 1
