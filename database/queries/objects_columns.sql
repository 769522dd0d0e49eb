-- Which columns tables and composite types have, each with its definition; of a view's those that differ from its query.
-- What NOT NULL is called, from 18 on, stands by itself, and only where it is not what PostgreSQL would call it.
WITH relations AS (
    SELECT c.oid, c.relkind, c.relname, c.relispartition, format('%I.%I', n.nspname, c.relname) AS title
      FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'c', 'v', 'm') AND c.relpersistence <> 't'
       AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')
), columns AS (
    SELECT r.title, r.relkind, a.attname, CASE WHEN k.convalidated THEN nullif(k.conname, format('%s_%s_not_null', r.relname, a.attname)) END AS called,
           format_type(a.atttypid, a.atttypmod) AS type,
           concat_ws(' ',
               CASE WHEN r.relkind NOT IN ('v', 'm') AND a.attcollation <> t.typcollation
                    THEN 'collate ' || a.attcollation::regcollation::text END,
               CASE WHEN a.attnotnull AND r.relkind <> 'm'
                    THEN concat_ws(' ', 'not null', CASE WHEN k.connoinherit THEN 'no inherit' END) END,
               CASE a.attgenerated WHEN '' THEN 'default ' WHEN 'v' THEN 'virtual ' ELSE 'generated ' END
                   || pg_get_expr(d.adbin, d.adrelid),
               CASE a.attidentity WHEN 'a' THEN 'identity always' WHEN 'd' THEN 'identity by default' END,
               CASE WHEN a.attstorage <> t.typstorage THEN 'storage ' || CASE a.attstorage WHEN 'p' THEN 'plain'
                    WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
               CASE a.attcompression WHEN 'p' THEN 'compression pglz' WHEN 'l' THEN 'compression lz4' END,
               'statistics ' || nullif(a.attstattarget, -1),
               (SELECT 'with (' || string_agg(option, ', ' ORDER BY option) || ')'
                  FROM unnest(a.attoptions) AS option WHERE NOT starts_with(option, 'pg_')), -- the server's own: pg_attver
               CASE WHEN NOT a.attislocal AND NOT r.relispartition THEN 'inherited' END) AS rest
      FROM relations r
      JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
      JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      LEFT JOIN pg_constraint k ON k.conrelid = a.attrelid AND k.contype = 'n' AND k.conkey[1] = a.attnum
)
SELECT 'column', format('%s.%I', title, attname),
       concat_ws(' ', CASE WHEN relkind NOT IN ('v', 'm') THEN type END, nullif(rest, '')), ARRAY[title]
  FROM columns
 WHERE relkind NOT IN ('v', 'm') OR rest <> ''
UNION ALL
SELECT 'not null name', format('%s.%I', title, attname), quote_ident(called), ARRAY[title] FROM columns WHERE called <> ''
