-- What the schema holds, one line for each object, with its definition as PostgreSQL prints it; no owners, no grants.
WITH ours AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
), extension_made AS (
    SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relations AS (
    SELECT c.*, o.nspname, format('%I.%I', o.nspname, c.relname) AS title
      FROM pg_class c JOIN ours o ON o.oid = c.relnamespace
     WHERE NOT EXISTS (SELECT FROM extension_made e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
)
SELECT 'schema' AS kind, format('%I', nspname) AS name, '' AS definition
  FROM ours o
 WHERE NOT EXISTS (SELECT FROM extension_made e WHERE e.classid = 'pg_namespace'::regclass AND e.objid = o.oid)
UNION ALL
SELECT 'extension', extname, '' FROM pg_extension
UNION ALL
SELECT CASE relkind WHEN 'p' THEN 'partitioned table' ELSE 'table' END, title,
       concat_ws(' ', CASE relpersistence WHEN 'u' THEN 'unlogged' END, pg_get_partkeydef(oid),
                 pg_get_expr(relpartbound, oid),
                 CASE WHEN relrowsecurity THEN 'row security' END,
                 CASE WHEN relforcerowsecurity THEN 'forced' END, reloptions::text,
                 (SELECT 'inherits ' || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                    FROM pg_inherits i WHERE i.inhrelid = relations.oid))
  FROM relations WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'column', format('%s.%I', r.title, a.attname),
       concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
                 CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' END || pg_get_expr(d.adbin, d.adrelid),
                 CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
                 CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation::text END,
                 '#' || row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum))
  FROM relations r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE r.relkind IN ('r', 'p', 'c')
UNION ALL
SELECT 'constraint', format('%s.%I', r.title, k.conname), pg_get_constraintdef(k.oid)
  FROM relations r JOIN pg_constraint k ON k.conrelid = r.oid
 WHERE k.contype <> 't' AND (k.contype <> 'n' OR NOT k.convalidated)
UNION ALL
SELECT 'index', format('%I.%I', r.nspname, i.relname), pg_get_indexdef(x.indexrelid)
  FROM relations r
  JOIN pg_index x ON x.indrelid = r.oid
  JOIN pg_class i ON i.oid = x.indexrelid
UNION ALL
SELECT 'sequence', r.title,
       format('%s start %s increment %s min %s max %s cache %s%s', format_type(s.seqtypid, NULL), s.seqstart,
              s.seqincrement, s.seqmin, s.seqmax, s.seqcache, CASE WHEN s.seqcycle THEN ' cycle' ELSE '' END)
  FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT CASE relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, title,
       concat_ws(' ', reloptions::text, pg_get_viewdef(oid))
  FROM relations WHERE relkind IN ('v', 'm')
UNION ALL
SELECT 'trigger', format('%s.%I', r.title, t.tgname), pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  FROM relations r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
UNION ALL
SELECT 'rule', format('%s.%I', r.title, w.rulename), pg_get_ruledef(w.oid)
  FROM relations r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
UNION ALL
SELECT 'policy', format('%s.%I', r.title, p.polname),
       concat_ws(' ', p.polcmd::text, CASE WHEN p.polpermissive THEN 'permissive' ELSE 'restrictive' END,
                 'using ' || pg_get_expr(p.polqual, p.polrelid), 'check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  FROM relations r JOIN pg_policy p ON p.polrelid = r.oid
UNION ALL
SELECT CASE p.prokind WHEN 'a' THEN 'aggregate' WHEN 'p' THEN 'procedure' ELSE 'function' END,
       format('%I.%I(%s)', o.nspname, p.proname, pg_get_function_identity_arguments(p.oid)),
       CASE WHEN p.prokind = 'a' THEN format('%s %s', g.aggtransfn::regproc, g.aggtranstype::regtype)
            ELSE pg_get_functiondef(p.oid) END
  FROM pg_proc p
  JOIN ours o ON o.oid = p.pronamespace
  LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid
 WHERE NOT EXISTS (SELECT FROM extension_made e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i')
UNION ALL
SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' ELSE 'range type' END,
       format('%I.%I', o.nspname, t.typname),
       CASE t.typtype
         WHEN 'e' THEN (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                          FROM pg_enum e WHERE e.enumtypid = t.oid)
         WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
                                 CASE WHEN t.typnotnull THEN 'not null' END, 'default ' || t.typdefault,
                                 (SELECT string_agg(format('%I %s', k.conname, pg_get_constraintdef(k.oid)), ' '
                                                    ORDER BY k.conname)
                                    FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'))
         ELSE (SELECT g.rngsubtype::regtype::text FROM pg_range g WHERE g.rngtypid = t.oid) END
  FROM pg_type t JOIN ours o ON o.oid = t.typnamespace
 WHERE t.typtype IN ('e', 'd', 'r')
   AND NOT EXISTS (SELECT FROM extension_made e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
UNION ALL
SELECT 'statistics', format('%I.%I', o.nspname, s.stxname), pg_get_statisticsobjdef(s.oid)
  FROM pg_statistic_ext s JOIN ours o ON o.oid = s.stxnamespace
UNION ALL
SELECT 'comment', d.title, d.description
  FROM (SELECT concat(r.title, '.' || quote_ident(a.attname)) AS title, c.description
          FROM relations r
          JOIN pg_description c ON c.classoid = 'pg_class'::regclass AND c.objoid = r.oid
          LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = c.objsubid AND c.objsubid > 0) AS d
