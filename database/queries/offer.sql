-- What a server offers a new database that is like the one of this name: encoding, locale, extensions and which of
-- these its owner may not create, collations.
SELECT pg_encoding_to_char(d.encoding),
       concat_ws(' ', CASE d.datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
                 CASE d.datlocprovider WHEN 'c' THEN d.datcollate::text
                      ELSE coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale') END),
       (SELECT coalesce(json_agg(json_build_array(name, default_version) ORDER BY name), '[]')
          FROM pg_available_extensions),
       (SELECT coalesce(json_agg(v.name ORDER BY v.name), '[]')
          FROM pg_available_extensions a
          JOIN pg_available_extension_versions v ON v.name = a.name AND v.version = a.default_version
          JOIN pg_roles o ON o.oid = d.datdba
         WHERE v.superuser AND NOT v.trusted AND NOT o.rolsuper),
       (SELECT coalesce(json_agg(DISTINCT c.collname), '[]')
          FROM pg_collation c
         WHERE c.collnamespace = 'pg_catalog'::regnamespace AND c.collencoding IN (-1, d.encoding)),
       EXISTS (SELECT FROM pg_collation c WHERE c.collname LIKE '%%-x-icu')
  FROM pg_database d
 WHERE d.datname = %(name)s
