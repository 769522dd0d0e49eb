-- Which schemas, extensions, languages, access methods, collations, conversions, casts, transforms and text search
-- objects there are, each with its definition; none of an extension or a range type, no version of a collation's library.
WITH ours AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
), named AS (
    SELECT 'schema' AS kind, 'pg_namespace'::regclass AS catalog, oid, format('%I', nspname) AS name, '' AS definition
      FROM ours
    UNION ALL
    SELECT 'extension', 'pg_extension'::regclass, x.oid, format('%I', x.extname),
           format('version %s schema %I', x.extversion, n.nspname)
      FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace
    UNION ALL
    SELECT 'language', 'pg_language'::regclass, oid, format('%I', lanname),
           concat_ws(' ', CASE WHEN lanpltrusted THEN 'trusted' END, 'handler ' || lanplcallfoid::regprocedure,
                     'inline ' || nullif(laninline, 0)::regprocedure, 'validator ' || nullif(lanvalidator, 0)::regprocedure)
      FROM pg_language WHERE oid >= 16384
    UNION ALL
    SELECT 'access method', 'pg_am'::regclass, oid, format('%I', amname), format('of %s, handler %s', CASE amtype WHEN 't' THEN 'tables' ELSE 'indexes' END, amhandler)
      FROM pg_am WHERE oid >= 16384
    UNION ALL
    SELECT 'collation', 'pg_collation'::regclass, c.oid, format('%I.%I', o.nspname, c.collname),
           concat_ws(' ', 'provider ' || c.collprovider::text, 'collate ' || c.collcollate, 'ctype ' || c.collctype,
                     'locale ' || coalesce(to_jsonb(c) ->> 'colllocale', to_jsonb(c) ->> 'colliculocale'),
                     'rules ' || (to_jsonb(c) ->> 'collicurules'),
                     CASE WHEN NOT c.collisdeterministic THEN 'not deterministic' END)
      FROM pg_collation c JOIN ours o ON o.oid = c.collnamespace
    UNION ALL
    SELECT 'conversion', 'pg_conversion'::regclass, c.oid, format('%I.%I', o.nspname, c.conname),
           concat_ws(' ', CASE WHEN c.condefault THEN 'default' END, 'for', pg_encoding_to_char(c.conforencoding), 'to',
                     pg_encoding_to_char(c.contoencoding), 'from', c.conproc)
      FROM pg_conversion c JOIN ours o ON o.oid = c.connamespace
    UNION ALL
    SELECT 'cast', 'pg_cast'::regclass, oid, format('%s as %s', castsource::regtype, casttarget::regtype),
           concat_ws(' ', CASE castmethod WHEN 'f' THEN 'by ' || castfunc::regprocedure WHEN 'i' THEN 'by text'
                          ELSE 'without function' END,
                     CASE castcontext WHEN 'a' THEN 'on assignment' WHEN 'i' THEN 'implicit' END)
      FROM pg_cast WHERE oid >= 16384
    UNION ALL
    SELECT 'transform', 'pg_transform'::regclass, t.oid, format('for %s language %I', t.trftype::regtype, l.lanname),
           concat_ws(' ', 'from SQL ' || nullif(t.trffromsql, 0)::regprocedure, 'to SQL ' || nullif(t.trftosql, 0)::regprocedure)
      FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
    UNION ALL
    SELECT 'text search parser', 'pg_ts_parser'::regclass, p.oid, format('%I.%I', o.nspname, p.prsname),
           concat_ws(', ', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype)
      FROM pg_ts_parser p JOIN ours o ON o.oid = p.prsnamespace
    UNION ALL
    SELECT 'text search template', 'pg_ts_template'::regclass, t.oid, format('%I.%I', o.nspname, t.tmplname),
           concat_ws(', ', t.tmplinit, t.tmpllexize)
      FROM pg_ts_template t JOIN ours o ON o.oid = t.tmplnamespace
    UNION ALL
    SELECT 'text search dictionary', 'pg_ts_dict'::regclass, d.oid, format('%I.%I', o.nspname, d.dictname),
           concat_ws(' ', 'template ' || format('%I.%I', n.nspname, t.tmplname), d.dictinitoption)
      FROM pg_ts_dict d
      JOIN ours o ON o.oid = d.dictnamespace
      JOIN pg_ts_template t ON t.oid = d.dicttemplate
      JOIN pg_namespace n ON n.oid = t.tmplnamespace
    UNION ALL
    SELECT 'text search configuration', 'pg_ts_config'::regclass, c.oid, format('%I.%I', o.nspname, c.cfgname),
           concat_ws(E'\n', 'parser ' || format('%I.%I', n.nspname, p.prsname),
                     (SELECT string_agg(line, E'\n' ORDER BY line)
                        FROM (SELECT t.alias || ' with ' || string_agg(m.mapdict::regdictionary::text, ', '
                                                                       ORDER BY m.mapseqno) AS line
                                FROM pg_ts_config_map m
                                JOIN ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
                               WHERE m.mapcfg = c.oid
                               GROUP BY t.alias) AS mapped))
      FROM pg_ts_config c
      JOIN ours o ON o.oid = c.cfgnamespace
      JOIN pg_ts_parser p ON p.oid = c.cfgparser
      JOIN pg_namespace n ON n.oid = p.prsnamespace
)
SELECT kind, name, definition, '{}'::text[]
  FROM named
 WHERE NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = named.catalog AND e.objid = named.oid AND e.deptype IN ('e', 'i'))
