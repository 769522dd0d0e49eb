-- Which leaf partitions of its own each partitioned table has, and which rows each takes: within its bounds, and with a
-- value where the partition demands one that its root does not.
SELECT root.oid AS root, n.nspname, leaf.relname,
       pg_get_expr(leaf.relpartbound, leaf.oid) AS bound,
       coalesce(pg_get_partition_constraintdef(leaf.oid), 'true') || coalesce(
           (SELECT string_agg(format(' AND %I IS NOT NULL', a.attname), '' ORDER BY a.attnum)
              FROM pg_attribute a
              JOIN pg_attribute above ON above.attrelid = root.oid AND above.attname = a.attname
             WHERE a.attrelid = leaf.oid AND a.attnum > 0 AND a.attnotnull AND NOT above.attnotnull), '') AS condition
  FROM pg_class root
 CROSS JOIN LATERAL pg_partition_tree(root.oid) AS tree
  JOIN pg_class leaf ON leaf.oid = tree.relid
  JOIN pg_namespace n ON n.oid = leaf.relnamespace
 WHERE root.relkind = 'p' AND NOT root.relispartition AND tree.isleaf AND tree.level > 0
   AND leaf.relkind <> 'f'
 ORDER BY root.oid, n.nspname, leaf.relname
