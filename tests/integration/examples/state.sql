-- Whatever the example's history can make in the public schema, as sorted lines, so that two states can be compared.
WITH ours AS (
    SELECT * FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE 'alembic_version%'
)
SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                 a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid),
                 col_description(c.oid, a.attnum))
FROM ours AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
UNION ALL
SELECT concat_ws(' ', relkind, relname, relrowsecurity, obj_description(oid, 'pg_class'),
                 pg_get_expr(relpartbound, oid))
FROM ours
UNION ALL
SELECT concat_ws(' ', 'constraint', r.conname, pg_get_constraintdef(r.oid))
FROM pg_constraint AS r JOIN ours AS c ON c.oid = r.conrelid
UNION ALL
SELECT concat_ws(' ', 'index', pg_get_indexdef(oid)) FROM ours WHERE relkind IN ('i', 'I')
UNION ALL
SELECT concat_ws(' ', 'type', t.typname, t.typtype, string_agg(e.enumlabel, ' ' ORDER BY e.enumsortorder))
FROM pg_type AS t LEFT JOIN pg_enum AS e ON e.enumtypid = t.oid
WHERE t.typnamespace = 'public'::regnamespace AND t.typtype IN ('d', 'e') GROUP BY t.oid
UNION ALL
SELECT concat_ws(' ', 'trigger', tgname, tgrelid::regclass) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL
SELECT concat_ws(' ', 'policy', polname, polrelid::regclass) FROM pg_policy
UNION ALL
SELECT concat_ws(' ', 'function', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
