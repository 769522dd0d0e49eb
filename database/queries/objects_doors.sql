-- What a database holds that policy keeps from crossing: foreign data, publications, subscriptions, event triggers,
-- security labels. Of options the names alone are told, as their values may be secret.
SELECT 'foreign data wrapper' AS kind, format('%I', w.fdwname) AS name,
       concat_ws(' ', 'handler ' || nullif(w.fdwhandler, 0)::regproc, 'validator ' || nullif(w.fdwvalidator, 0)::regproc,
                 (SELECT 'options ' || string_agg(split_part(option, '=', 1), ', ' ORDER BY option)
                    FROM unnest(w.fdwoptions) AS option)) AS definition, '{}'::text[] AS within
  FROM pg_foreign_data_wrapper w
 WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_foreign_data_wrapper'::regclass AND d.objid = w.oid AND d.deptype = 'e')
UNION ALL
SELECT 'foreign server', format('%I', s.srvname),
       concat_ws(' ', 'wrapper', quote_ident(w.fdwname), 'type ' || s.srvtype, 'version ' || s.srvversion,
                 (SELECT 'options ' || string_agg(split_part(option, '=', 1), ', ' ORDER BY option)
                    FROM unnest(s.srvoptions) AS option)), '{}'
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
UNION ALL
SELECT 'user mapping', format('for %I server %I', coalesce(m.usename, 'public'), m.srvname), '',
       ARRAY[format('%I', m.srvname)]
  FROM pg_user_mappings m
UNION ALL
SELECT 'foreign table', f.ftrelid::regclass::text,
       concat_ws(' ', 'server', quote_ident(s.srvname),
                 '(' || (SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', '
                                           ORDER BY a.attnum)
                           FROM pg_attribute a
                          WHERE a.attrelid = f.ftrelid AND a.attnum > 0 AND NOT a.attisdropped) || ')'),
       ARRAY[format('%I', s.srvname)]
  FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver
 WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = f.ftrelid AND d.deptype = 'e')
UNION ALL
SELECT 'publication', format('%I', p.pubname),
       concat_ws(' ', CASE WHEN p.puballtables THEN 'all tables' END,
                 (SELECT 'tables ' || string_agg(concat_ws(' ', r.prrelid::regclass,
                                                           'where ' || pg_get_expr(r.prqual, r.prrelid)), ', '
                                                 ORDER BY r.prrelid::regclass::text)
                    FROM pg_publication_rel r WHERE r.prpubid = p.oid),
                 (SELECT 'schemas ' || string_agg(quote_ident(n.nspname), ', ' ORDER BY n.nspname)
                    FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid),
                 'of', concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                                 CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
                 CASE WHEN p.pubviaroot THEN 'via root' END), '{}'
  FROM pg_publication p
UNION ALL
SELECT 'subscription', format('%I', subname), '', '{}'
  FROM pg_subscription WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'event trigger', format('%I', evtname),
       concat_ws(' ', 'on', evtevent, 'for ' || array_to_string(evttags, ', '), 'by', evtfoid::regprocedure,
                 CASE evtenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'on replicas' WHEN 'A' THEN 'always' END), '{}'
  FROM pg_event_trigger t
 WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_event_trigger'::regclass AND d.objid = t.oid AND d.deptype = 'e')
UNION ALL
SELECT 'security label', concat_ws(' ', l.objtype, l.objname, 'by ' || l.provider), l.label, '{}'
  FROM pg_seclabels l
 WHERE l.objtype NOT IN ('database', 'role', 'tablespace')
