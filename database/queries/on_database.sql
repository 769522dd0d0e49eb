-- Who is on the database of that name: what each session calls itself, its role, where from, and since when.
SELECT coalesce(nullif(a.application_name, ''), a.backend_type), coalesce(a.usename::text, 'the server itself'),
       coalesce(host(a.client_addr), 'this server'), date_trunc('second', a.backend_start)::text
  FROM pg_stat_activity a
 WHERE a.datname = %(name)s AND a.pid <> pg_backend_pid()
 ORDER BY a.backend_start
