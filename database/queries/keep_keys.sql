-- Which unique indexes and exclusion constraints bind the tables: their keys as SQL, and where only a constraint's own
-- definition says it all, that; and which partition it binds, if that one alone.
SELECT rn.nspname, r.relname, i.relname,
       (SELECT array_agg(pg_get_indexdef(x.indexrelid, place, true)
                         || CASE WHEN a.attcollation <> 0 AND a.attcollation <> x.indcollation[place - 1]
                                 THEN ' COLLATE ' || x.indcollation[place - 1]::regcollation::text ELSE '' END
                         ORDER BY place)
          FROM generate_series(1, x.indnkeyatts) AS place
          LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[place - 1]) AS keys,
       pg_get_expr(x.indpred, x.indrelid) AS condition,
       coalesce((to_jsonb(x) ->> 'indnullsnotdistinct')::boolean, false),
       CASE WHEN x.indisexclusion THEN pg_get_constraintdef(k.oid) END AS definition,
       CASE WHEN c.relispartition THEN c.oid::regclass::text END AS partition
  FROM pg_index x
  JOIN pg_class i ON i.oid = x.indexrelid
  JOIN pg_class c ON c.oid = x.indrelid AND c.relkind IN ('r', 'p')
  JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid)::oid, c.oid)
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.conrelid = x.indrelid AND k.contype IN ('p', 'u', 'x')
 WHERE (x.indisunique OR x.indisexclusion)
   AND NOT (c.relispartition AND EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = x.indexrelid))
   AND rn.nspname <> 'information_schema' AND rn.nspname !~ '^pg_'
 ORDER BY rn.nspname, r.relname, x.indisprimary DESC, i.relname
