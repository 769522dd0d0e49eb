-- What a database's schema stands on beside itself: encoding, locale, extensions, collations of the server, tablespaces.
SELECT pg_encoding_to_char(d.encoding),
       concat_ws(' ', CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                 CASE d.datlocprovider WHEN 'c' THEN d.datcollate::text
                      ELSE coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') END),
       (SELECT coalesce(json_agg(json_build_array(extname, extversion) ORDER BY extname), '[]')
          FROM pg_extension WHERE extname <> 'plpgsql'),
       (SELECT coalesce(json_agg(format('%I.%I', n.nspname, c.relname) ORDER BY n.nspname, c.relname), '[]')
          FROM pg_extension e
         CROSS JOIN LATERAL unnest(e.extconfig) AS configured(oid)
          JOIN pg_class c ON c.oid = configured.oid AND c.relkind = 'r'
          JOIN pg_namespace n ON n.oid = c.relnamespace),
       (SELECT coalesce(json_agg(DISTINCT c.collname), '[]')
          FROM pg_depend p
          JOIN pg_collation c ON p.refclassid = 'pg_collation'::regclass AND p.refobjid = c.oid
         WHERE c.collnamespace = 'pg_catalog'::regnamespace),
       (SELECT coalesce(json_agg(c.collname ORDER BY c.collname), '[]')
          FROM pg_collation c
         WHERE c.collprovider = 'i' AND c.collnamespace <> 'pg_catalog'::regnamespace),
       (SELECT coalesce(json_agg(DISTINCT t.spcname), '[]')
          FROM pg_class c JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE t.spcname <> 'pg_global')
  FROM pg_database d
 WHERE d.datname = current_database()
