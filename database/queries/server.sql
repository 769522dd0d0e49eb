-- Which server this is, and what this session and role may do on it.
SELECT (SELECT system_identifier::text FROM pg_control_system()),
       current_setting('server_version_num')::int,
       pg_is_in_recovery(),
       current_setting('default_transaction_read_only') = 'on',
       r.rolname,
       EXISTS (SELECT FROM pg_roles m WHERE m.rolsuper AND pg_has_role(r.oid, m.oid, 'MEMBER')),
       r.rolsuper OR r.rolcreatedb,
       pg_has_role(r.oid, 'pg_read_all_data', 'MEMBER'),
       CASE WHEN r.rolsuper THEN current_setting('data_directory') END
  FROM pg_roles r
 WHERE r.rolname = current_user
