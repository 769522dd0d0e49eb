-- What of a table's own reacts to an insert and is in force: triggers, with the function each calls, and rules.
SELECT 'TRIGGER' AS kind, t.tgname AS name, t.tgfoid AS function, NULL AS definition
  FROM pg_trigger t
 WHERE t.tgrelid = %(table)s::regclass AND NOT t.tgisinternal AND t.tgtype & 4 = 4 AND t.tgenabled IN ('O', 'A')
UNION ALL
SELECT 'RULE', r.rulename, NULL, pg_get_ruledef(r.oid)
  FROM pg_rewrite r
 WHERE r.ev_class = %(table)s::regclass AND r.ev_type = '3' AND r.ev_enabled IN ('O', 'A')
 ORDER BY 1 DESC, 2
