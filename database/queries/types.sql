-- Which data types exist, and what each is made of; a table's row type only where a column is of it.
WITH used AS MATERIALIZED (SELECT DISTINCT atttypid AS oid FROM pg_attribute)
SELECT t.oid, n.nspname, t.typname, t.typtype,
       CASE WHEN t.typcategory = 'A' AND t.typname NOT IN ('oidvector', 'int2vector') THEN t.typelem ELSE 0 END AS element,
       t.typbasetype, t.typtypmod, t.typnotnull,
       coalesce(r.rngsubtype, m.rngsubtype, 0) AS subtype,
       (SELECT array_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS labels,
       (SELECT array_agg(pg_get_expr(c.conbin, 0) ORDER BY c.conname)
          FROM pg_constraint c WHERE c.contypid = t.oid AND c.contype = 'c') AS checks,
       (SELECT json_agg(json_build_array(a.attname, a.atttypid::bigint, a.atttypmod,
                                                  format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum)
          FROM pg_attribute a JOIN pg_class k ON k.oid = a.attrelid
         WHERE k.oid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
           AND (k.relkind = 'c' OR t.oid IN (SELECT oid FROM used) OR t.typarray IN (SELECT oid FROM used))) AS fields,
       format_type(coalesce(nullif(t.typbasetype, 0), r.rngsubtype, m.rngsubtype), t.typtypmod) AS inner_title
  FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_range r ON r.rngtypid = t.oid
  LEFT JOIN pg_range m ON m.rngmultitypid = t.oid
