-- Which indexes of this database are not valid, so that pg_dump leaves them out; a partitioned table's is dumped anyhow.
SELECT format('%I.%I', n.nspname, i.relname)
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_namespace n ON n.oid = i.relnamespace
 WHERE NOT x.indisvalid AND i.relkind = 'i' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
 ORDER BY 1
