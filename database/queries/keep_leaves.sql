-- What the partitions below a table demand beyond the table itself: a name, the bounds of the partition, and a condition.
SELECT k.conname, coalesce(pg_get_partition_constraintdef(c.oid), 'true'), pg_get_expr(k.conbin, c.oid)
  FROM pg_partition_tree(%(table)s::regclass) AS tree
  JOIN pg_class c ON c.oid = tree.relid
  JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'c' AND k.coninhcount = 0
 WHERE tree.level > 0 AND c.relkind <> 'f'
UNION ALL
SELECT format('%%s.%%s must not be NULL', c.relname, a.attname), coalesce(pg_get_partition_constraintdef(c.oid), 'true'),
       format('%%I IS NOT NULL', a.attname)
  FROM pg_partition_tree(%(table)s::regclass) AS tree
  JOIN pg_class c ON c.oid = tree.relid
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull
  JOIN pg_attribute r ON r.attrelid = %(table)s::regclass AND r.attname = a.attname AND NOT r.attnotnull
 WHERE tree.level > 0 AND c.relkind <> 'f'
