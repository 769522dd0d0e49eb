-- Which columns hold at least two and at most so many different values, by what ANALYZE has found, table by table.
SELECT schemaname, tablename, array_agg(DISTINCT attname::text)
  FROM pg_stats
 WHERE n_distinct BETWEEN 2 AND %s AND schemaname <> 'information_schema' AND schemaname !~ '^pg_'
 GROUP BY schemaname, tablename
