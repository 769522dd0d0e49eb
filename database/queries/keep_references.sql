-- Which foreign keys PostgreSQL will prove on the tables' rows: columns, target, operators of equality, and, where a
-- partition alone points or is pointed at, that partition. The last column of a key over periods is the period.
SELECT rn.nspname, r.relname, k.conname, tn.nspname, t.relname,
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(k.conkey) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
       (SELECT array_agg(a.attname::text ORDER BY u.place)
          FROM unnest(k.confkey) WITH ORDINALITY AS u(number, place)
          JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number),
       (SELECT array_agg(format('OPERATOR(%I.%s)', n.nspname, o.oprname) ORDER BY u.place)
          FROM unnest(k.conpfeqop) WITH ORDINALITY AS u(operator, place)
          JOIN pg_operator o ON o.oid = u.operator
          JOIN pg_namespace n ON n.oid = o.oprnamespace),
       k.confmatchtype = 'f' AS whole,
       CASE WHEN c.relispartition THEN c.oid::regclass::text END,
       CASE WHEN p.relispartition THEN p.oid::regclass::text END,
       coalesce((to_jsonb(k) ->> 'conperiod')::boolean, false)
  FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid
  JOIN pg_class p ON p.oid = k.confrelid
  JOIN pg_class r ON r.oid = coalesce(pg_partition_root(c.oid)::oid, c.oid)
  JOIN pg_namespace rn ON rn.oid = r.relnamespace
  JOIN pg_class t ON t.oid = coalesce(pg_partition_root(p.oid)::oid, p.oid)
  JOIN pg_namespace tn ON tn.oid = t.relnamespace
 WHERE k.contype = 'f' AND k.convalidated AND k.conparentid = 0
 ORDER BY rn.nspname, r.relname, k.conname
