-- What the server knows of one database by its name: identity, owner, size, comment, limits, obstacles to a rename.
SELECT d.oid, d.datname, pg_get_userbyid(d.datdba),
       CASE WHEN has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
            THEN pg_database_size(d.oid) ELSE 0 END,
       coalesce(shobj_description(d.oid, 'pg_database'), ''),
       d.datconnlimit, d.datistemplate,
       (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.pid <> pg_backend_pid()),
       (SELECT count(*) FROM pg_prepared_xacts p WHERE p.database = d.datname),
       (SELECT count(*) FROM pg_replication_slots s WHERE s.database = d.datname),
       pg_has_role(d.datdba, 'USAGE'), d.datallowconn
  FROM pg_database d
 WHERE d.datname = %(name)s
