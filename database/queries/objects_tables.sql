-- Which tables, sequences and views there are, each with its definition, and in which order tables have their columns.
WITH relations AS (
    SELECT c.*, format('%I.%I', n.nspname, c.relname) AS title,
           (SELECT 'with (' || string_agg(option, ', ' ORDER BY option) || ')' FROM unnest(c.reloptions) AS option) AS options,
           (SELECT 'using ' || quote_ident(a.amname) FROM pg_am a WHERE a.oid = c.relam AND a.amname <> 'heap') AS method
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'c', 'S', 'v', 'm') AND c.relpersistence <> 't'
       AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
)
SELECT CASE relkind WHEN 'p' THEN 'partitioned table' ELSE 'table' END AS kind, title AS name,
       concat_ws(' ', CASE relpersistence WHEN 'u' THEN 'unlogged' END, method,
                 'of ' || nullif(reloftype, 0)::regtype, 'partition by ' || pg_get_partkeydef(oid),
                 (SELECT CASE WHEN relispartition THEN 'partition of ' ELSE 'inherits ' END
                         || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno)
                    FROM pg_inherits i WHERE i.inhrelid = relations.oid),
                 pg_get_expr(relpartbound, oid),
                 CASE WHEN relrowsecurity THEN 'row security' END, CASE WHEN relforcerowsecurity THEN 'forced' END,
                 CASE relreplident WHEN 'f' THEN 'replica identity full' WHEN 'n' THEN 'replica identity nothing'
                      WHEN 'i' THEN 'replica identity ' || (SELECT x.indexrelid::regclass::text FROM pg_index x
                                                             WHERE x.indrelid = relations.oid AND x.indisreplident) END,
                 options,
                 (SELECT 'toast with (' || string_agg(option, ', ' ORDER BY option) || ')'
                    FROM pg_class t CROSS JOIN LATERAL unnest(t.reloptions) AS option
                   WHERE t.oid = relations.reltoastrelid)) AS definition,
       '{}'::text[] AS within
  FROM relations WHERE relkind IN ('r', 'p')
UNION ALL
SELECT 'column order', r.title, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), ARRAY[r.title]
  FROM relations r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
 WHERE r.relkind IN ('r', 'p', 'c')
 GROUP BY r.title
UNION ALL
SELECT 'sequence', r.title,
       concat_ws(' ', CASE r.relpersistence WHEN 'u' THEN 'unlogged' END, format_type(s.seqtypid, NULL),
                 format('start %s increment %s min %s max %s cache %s', s.seqstart, s.seqincrement, s.seqmin, s.seqmax,
                        s.seqcache),
                 CASE WHEN s.seqcycle THEN 'cycle' END,
                 (SELECT format('owned by %s.%I', d.refobjid::regclass, a.attname)
                    FROM pg_depend d
                    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                   WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
                     AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0)),
       coalesce((SELECT ARRAY[d.refobjid::regclass::text]
                   FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
                    AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0), '{}')
  FROM relations r JOIN pg_sequence s ON s.seqrelid = r.oid
UNION ALL
SELECT CASE relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, title,
       concat_ws(' ', method, options, pg_get_viewdef(oid)), '{}'
  FROM relations WHERE relkind IN ('v', 'm')
