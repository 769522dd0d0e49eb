-- Which constraints, and which triggers and rules on inserts, bind this database's tables, and what PostgreSQL says of each: one line for each,
-- NOT NULL told once a table or domain. Partitions' copies of what their root has are left out.
WITH tables AS (
    SELECT c.*, n.nspname
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT t.nspname AS schema, t.relname AS table_name, k.contype::text AS kind, k.conname AS name,
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number) AS columns,
       k.convalidated AND coalesce(x.indisvalid, true) AS validated,
       coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) AS enforced, k.condeferrable AS deferrable
  FROM tables t
  JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x', 'f', 'c')
  LEFT JOIN pg_index x ON x.indexrelid = k.conindid AND k.contype <> 'f'
 WHERE k.conparentid = 0 AND (k.conislocal OR NOT t.relispartition)
UNION ALL
SELECT t.nspname, t.relname, 'i', i.relname,
       (SELECT array_agg(pg_get_indexdef(x.indexrelid, place, true) ORDER BY place)
          FROM generate_series(1, x.indnkeyatts) AS place),
       x.indisvalid, true, false
  FROM tables t
  JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique
  JOIN pg_class i ON i.oid = x.indexrelid AND NOT i.relispartition
 WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x'))
UNION ALL
SELECT t.nspname, t.relname, 'n', '', array_agg(a.attname::text ORDER BY a.attnum), coalesce(k.convalidated, true), true,
       false
  FROM tables t
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.attnotnull AND NOT a.attisdropped
  LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'n' AND k.conkey = ARRAY[a.attnum]
 WHERE NOT t.relispartition
 GROUP BY t.nspname, t.relname, coalesce(k.convalidated, true)
UNION ALL
SELECT t.nspname, t.relname, 'b', '', ARRAY[pg_get_partkeydef(t.oid)], true, true, false
  FROM tables t
 WHERE t.relkind = 'p' AND NOT t.relispartition
UNION ALL
SELECT t.nspname, t.relname, 't', g.tgname, NULL, false, g.tgenabled <> 'D', g.tgdeferrable
  FROM tables t
  JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgtype & 4 = 4 AND g.tgparentid = 0
UNION ALL
SELECT t.nspname, t.relname, 'r', r.rulename, NULL, false, r.ev_enabled <> 'D', false
  FROM tables t
  JOIN pg_rewrite r ON r.ev_class = t.oid AND r.ev_type = '3'
UNION ALL
SELECT n.nspname, d.typname, 'd', k.conname, NULL, k.convalidated, true, false
  FROM pg_constraint k
  JOIN pg_type d ON d.oid = k.contypid
  JOIN pg_namespace n ON n.oid = d.typnamespace
 WHERE k.contype = 'c' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_type'::regclass AND e.objid = d.oid AND e.deptype = 'e')
UNION ALL
SELECT n.nspname, d.typname, 'd', 'NOT NULL', NULL, true, true, false
  FROM pg_type d
  JOIN pg_namespace n ON n.oid = d.typnamespace
 WHERE d.typnotnull AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_type'::regclass AND e.objid = d.oid AND e.deptype = 'e')
 ORDER BY 1, 2, 3, 4
