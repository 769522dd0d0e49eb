-- The databases whose names begin as previews' do: name, size, comment.
SELECT d.datname::text,
       CASE WHEN has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
            THEN pg_database_size(d.oid) ELSE 0 END,
       coalesce(shobj_description(d.oid, 'pg_database'), '')
  FROM pg_database d
 WHERE starts_with(d.datname::text, %(prefix)s)
 ORDER BY d.datname
