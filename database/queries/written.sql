-- How often each table was written to in this transaction, inserts into the named one and its partitions apart.
SELECT s.schemaname, s.relname,
       s.n_tup_upd + s.n_tup_del
       + CASE WHEN s.relid IN (SELECT relid FROM pg_partition_tree(%(table)s::regclass)) OR s.relid = %(table)s::regclass
              THEN 0 ELSE s.n_tup_ins END
  FROM pg_stat_xact_user_tables s
