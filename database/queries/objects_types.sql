-- Which enums, domains, composite, range and base types there are, each with its definition; none of an extension.
WITH ours AS (
    SELECT t.*, n.nspname
      FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
     WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
       AND NOT EXISTS (SELECT FROM pg_depend e
                        WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid AND e.deptype = 'e')
), defined AS (
    SELECT 'enum' AS kind, nspname, typname,
           (SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
              FROM pg_enum e WHERE e.enumtypid = ours.oid) AS definition
      FROM ours WHERE typtype = 'e'
    UNION ALL
    SELECT 'domain', nspname, typname,
           concat_ws(' ', format_type(typbasetype, typtypmod),
                     CASE WHEN typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = ours.typbasetype)
                          THEN 'collate ' || typcollation::regcollation::text END,
                     CASE WHEN typnotnull THEN 'not null' END,
                     'default ' || coalesce(pg_get_expr(typdefaultbin, 0), typdefault),
                     (SELECT string_agg(format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)), ' '
                                        ORDER BY k.conname)
                        FROM pg_constraint k WHERE k.contypid = ours.oid AND k.contype = 'c'))
      FROM ours WHERE typtype = 'd'
    UNION ALL
    SELECT 'composite type', t.nspname, t.typname, ''
      FROM ours t JOIN pg_class c ON c.oid = t.typrelid
     WHERE t.typtype = 'c' AND c.relkind = 'c'
    UNION ALL
    SELECT 'range type', ours.nspname, ours.typname,
           concat_ws(' ', 'of', g.rngsubtype::regtype::text,
                     CASE WHEN NOT c.opcdefault THEN 'operator class ' || format('%I.%I', cn.nspname, c.opcname) END,
                     CASE WHEN g.rngcollation <> s.typcollation THEN 'collate ' || g.rngcollation::regcollation::text END,
                     'canonical ' || nullif(g.rngcanonical, 0)::regproc, 'difference ' || nullif(g.rngsubdiff, 0)::regproc,
                     'multirange ' || g.rngmultitypid::regtype::text)
      FROM ours
      JOIN pg_range g ON g.rngtypid = ours.oid
      JOIN pg_type s ON s.oid = g.rngsubtype
      JOIN pg_opclass c ON c.oid = g.rngsubopc
      JOIN pg_namespace cn ON cn.oid = c.opcnamespace
    UNION ALL
    SELECT 'base type', nspname, typname,
           concat_ws(' ', CASE WHEN NOT typisdefined THEN 'shell' END, 'input ' || nullif(typinput::oid, 0)::regproc,
                     'output ' || nullif(typoutput::oid, 0)::regproc, 'receive ' || nullif(typreceive::oid, 0)::regproc,
                     'send ' || nullif(typsend::oid, 0)::regproc, 'modifiers in ' || nullif(typmodin::oid, 0)::regproc,
                     'modifiers out ' || nullif(typmodout::oid, 0)::regproc,
                     'analyze ' || nullif(typanalyze::oid, 0)::regproc,
                     'subscript ' || nullif(typsubscript::oid, 0)::regproc, 'length', typlen,
                     CASE WHEN typbyval THEN 'by value' END, 'aligned', typalign, 'stored', typstorage, 'category',
                     typcategory, CASE WHEN typispreferred THEN 'preferred' END, 'default ' || typdefault,
                     'of ' || nullif(typelem, 0)::regtype, 'delimited by', quote_literal(typdelim::text),
                     CASE WHEN typcollation <> 0 THEN 'collatable' END)
      FROM ours
     WHERE typtype = 'p' OR (typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type a WHERE a.typarray = ours.oid))
)
SELECT kind, format('%I.%I', nspname, typname), coalesce(definition, ''), '{}'::text[] FROM defined
