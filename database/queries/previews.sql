-- The databases whose names begin as previews' do: name, size, comment.
SELECT d.datname::text, pg_database_size(d.oid), coalesce(shobj_description(d.oid, 'pg_database'), '')
  FROM pg_database d
 WHERE starts_with(d.datname::text, %(prefix)s)
 ORDER BY d.datname
