-- Which tables hold rows: ordinary and partitioned roots, foreign tables; partitions are told apart.
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition,
       coalesce(pg_get_partkeydef(c.oid), '') AS partition_key,
       (SELECT array_agg(t.tgname::text ORDER BY t.tgname)
          FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgtype & 4 = 4) AS insert_triggers,
       (SELECT array_agg(r.rulename::text ORDER BY r.rulename)
          FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.ev_type = '3') AS insert_rules,
       (SELECT array_agg(i.inhparent ORDER BY i.inhseqno)
          FROM pg_inherits i WHERE i.inhrelid = c.oid AND NOT c.relispartition) AS parents,
       obj_description(c.oid, 'pg_class') AS comment
  FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'f')
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
 ORDER BY n.nspname, c.relname
