-- Which constraints, indexes, triggers, rules, policies and statistics tables and views have, each with its definition.
-- Left out: NOT NULL, which its column tells unless it is not proven; an index behind a constraint; partitions' copies
-- of foreign keys, inherited CHECKs and triggers, which say nothing of their own.
WITH relations AS (
    SELECT c.oid, n.nspname, format('%I.%I', n.nspname, c.relname) AS title
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relpersistence <> 't'
       AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
), indexes AS (
    SELECT x.indexrelid, x.indrelid, i.relname, h.inhparent,
           concat_ws(' ', CASE WHEN x.indisclustered THEN 'clustered' END, CASE WHEN NOT x.indisvalid THEN 'not valid' END,
                     (SELECT string_agg(format('statistics %s on %s', a.attstattarget, a.attnum), ' ' ORDER BY a.attnum)
                        FROM pg_attribute a WHERE a.attrelid = x.indexrelid AND a.attstattarget >= 0)) AS state,
           (SELECT 'with (' || string_agg(option, ', ' ORDER BY option) || ')' FROM unnest(i.reloptions) AS option) AS options
      FROM pg_index x
      JOIN pg_class i ON i.oid = x.indexrelid
      LEFT JOIN pg_inherits h ON h.inhrelid = x.indexrelid
)
SELECT 'constraint' AS kind, format('%s.%I', r.title, k.conname) AS name,
       concat_ws(' ', pg_get_constraintdef(k.oid), x.options, nullif(x.state, ''),
                 'part of ' || (SELECT format('%s.%I', p.conrelid::regclass, p.conname)
                                  FROM pg_constraint p WHERE p.oid = k.conparentid)) AS definition,
       array_remove(ARRAY[r.title, (SELECT format('%s.%I', p.conrelid::regclass, p.conname)
                                      FROM pg_constraint p WHERE p.oid = k.conparentid)], NULL) AS within
  FROM relations r
  JOIN pg_constraint k ON k.conrelid = r.oid
  LEFT JOIN indexes x ON x.indexrelid = k.conindid AND k.contype IN ('p', 'u', 'x')
 WHERE k.contype <> 't' AND (k.contype <> 'n' OR NOT k.convalidated)
   AND (k.conparentid = 0 OR k.contype IN ('p', 'u', 'x')) AND (k.conislocal OR k.contype <> 'c')
UNION ALL
SELECT 'index', format('%I.%I', r.nspname, x.relname),
       concat_ws(' ', pg_get_indexdef(x.indexrelid), nullif(x.state, ''), 'part of ' || x.inhparent::regclass::text),
       array_remove(ARRAY[r.title, x.inhparent::regclass::text], NULL)
  FROM relations r
  JOIN indexes x ON x.indrelid = r.oid
 WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT 'trigger', format('%s.%I', r.title, t.tgname),
       concat_ws(' ', pg_get_triggerdef(t.oid), CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas'
                 WHEN 'A' THEN 'always' END),
       ARRAY[r.title]
  FROM relations r
  JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
  LEFT JOIN pg_trigger p ON p.oid = t.tgparentid
 WHERE p.tgenabled IS DISTINCT FROM t.tgenabled
UNION ALL
SELECT 'rule', format('%s.%I', r.title, w.rulename),
       concat_ws(' ', pg_get_ruledef(w.oid), CASE w.ev_enabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas'
                 WHEN 'A' THEN 'always' END),
       ARRAY[r.title]
  FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', format('%s.%I', r.title, p.polname),
       concat_ws(' ', CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END, 'for',
                 CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete'
                      ELSE 'all' END,
                 'to ' || (SELECT string_agg(coalesce(quote_ident(o.rolname), 'PUBLIC'), ', ' ORDER BY o.rolname)
                             FROM unnest(p.polroles) AS role_oid LEFT JOIN pg_roles o ON o.oid = role_oid),
                 'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid)),
       ARRAY[r.title]
  FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT 'statistics', format('%I.%I', n.nspname, s.stxname),
       concat_ws(' ', pg_get_statisticsobjdef(s.oid), 'target ' || nullif(s.stxstattarget, -1)), ARRAY[r.title]
  FROM relations r
  JOIN pg_statistic_ext s ON s.stxrelid = r.oid
  JOIN pg_namespace n ON n.oid = s.stxnamespace
