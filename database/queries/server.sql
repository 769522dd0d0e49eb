-- Which server this is, and what this session may do on it: as its current role, and as the role that signed in, which
-- it can be again by RESET ROLE; and whether what we started the session with has come through to it.
WITH ours AS (SELECT oid FROM pg_catalog.pg_roles WHERE rolname IN (current_user, session_user))
SELECT (SELECT system_identifier::text FROM pg_control_system()),
       current_setting('server_version_num')::int,
       pg_is_in_recovery(),
       current_setting('default_transaction_read_only') = 'on',
       (SELECT source = 'client' FROM pg_catalog.pg_settings WHERE name = 'default_transaction_read_only'),
       r.rolname,
       EXISTS (SELECT FROM ours o, pg_roles m WHERE m.rolsuper AND pg_has_role(o.oid, m.oid, 'MEMBER')),
       r.rolsuper OR r.rolcreatedb,
       EXISTS (SELECT FROM ours o WHERE pg_has_role(o.oid, 'pg_read_all_data', 'MEMBER')),
       CASE WHEN r.rolsuper THEN current_setting('data_directory') END
  FROM pg_roles r
 WHERE r.rolname = current_user
