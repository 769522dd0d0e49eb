-- The SQL that brings back the roles this database needs, their memberships, and what the database itself grants and sets.
-- Only what every role may read; no password is among it. For psql, whose :"DBNAME" is the database it is connected to.
WITH RECURSIVE db AS (
    SELECT oid, datname, datdba, datacl FROM pg_database WHERE datname = current_database()
), named AS (
    SELECT refobjid AS role FROM pg_shdepend
     WHERE refclassid = 'pg_authid'::regclass
       AND (dbid = (SELECT oid FROM db) OR classid = 'pg_database'::regclass AND objid = (SELECT oid FROM db))
    UNION
    SELECT datdba FROM db
    UNION
    SELECT m.roleid FROM named JOIN pg_auth_members m ON m.member = named.role
), kept AS (
    SELECT r.* FROM named JOIN pg_roles r ON r.oid = named.role WHERE r.rolname !~ '^pg_'
), lines AS (
    SELECT 1 AS part, rolname::text AS key, 0 AS sub,
           concat(CASE WHEN rolsuper THEN E'-- The next role was a superuser.\n' END,
                  CASE WHEN rolbypassrls AND NOT rolsuper THEN E'-- The next role had BYPASSRLS.\n' END,
                  CASE WHEN rolreplication AND NOT rolsuper THEN E'-- The next role had REPLICATION.\n' END)
           || format(E'SELECT %L WHERE to_regrole(%L) IS NULL \\gexec',
                  format('CREATE ROLE %I WITH %s %s %s %s CONNECTION LIMIT %s%s', rolname,
                         CASE WHEN rolcanlogin THEN 'LOGIN' ELSE 'NOLOGIN' END,
                         CASE WHEN rolinherit THEN 'INHERIT' ELSE 'NOINHERIT' END,
                         CASE WHEN rolcreatedb THEN 'CREATEDB' ELSE 'NOCREATEDB' END,
                         CASE WHEN rolcreaterole THEN 'CREATEROLE' ELSE 'NOCREATEROLE' END,
                         rolconnlimit,
                         CASE WHEN rolvaliduntil IS NULL THEN '' ELSE format(' VALID UNTIL %L', rolvaliduntil) END),
                  format('%I', rolname)) AS line
      FROM kept
    UNION ALL
    SELECT 2, g.rolname || ' ' || k.rolname, 0,
           format('GRANT %I TO %I%s;', g.rolname, k.rolname, CASE WHEN m.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END)
      FROM pg_auth_members m
      JOIN kept k ON k.oid = m.member
      JOIN pg_roles g ON g.oid = m.roleid
    UNION ALL
    SELECT 3, '', 0, 'REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;' FROM db WHERE datacl IS NOT NULL
    UNION ALL
    SELECT 3, coalesce(r.rolname, ''), 1,
           format('GRANT %s ON DATABASE :"DBNAME" TO %s%s;', string_agg(a.privilege_type, ', ' ORDER BY a.privilege_type),
                  CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE format('%I', r.rolname) END,
                  CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM db CROSS JOIN LATERAL aclexplode(db.datacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
     WHERE a.grantee <> db.datdba AND (a.grantee = 0 OR r.rolname IS NOT NULL)
     GROUP BY a.grantee, r.rolname, a.is_grantable
    UNION ALL
    SELECT 4, coalesce(r.rolname, '') || ' ' || split_part(c.setting, '=', 1), c.place::int,
           format('ALTER %s SET %I TO %s;',
                  CASE WHEN s.setdatabase = 0 THEN format('ROLE %I', r.rolname)
                       WHEN s.setrole = 0 THEN 'DATABASE :"DBNAME"'
                       ELSE format('ROLE %I IN DATABASE :"DBNAME"', r.rolname) END,
                  split_part(c.setting, '=', 1),
                  CASE WHEN split_part(c.setting, '=', 1) IN ('search_path', 'temp_tablespaces', 'session_preload_libraries',
                                                              'local_preload_libraries', 'DateStyle')
                       THEN substr(c.setting, strpos(c.setting, '=') + 1)
                       ELSE quote_literal(substr(c.setting, strpos(c.setting, '=') + 1)) END)
      FROM pg_db_role_setting s
     CROSS JOIN LATERAL unnest(s.setconfig) WITH ORDINALITY AS c(setting, place)
      LEFT JOIN kept r ON r.oid = s.setrole
     WHERE (s.setdatabase = (SELECT oid FROM db) OR s.setdatabase = 0 AND s.setrole <> 0)
       AND (s.setrole = 0 OR r.oid IS NOT NULL)
)
SELECT line FROM lines ORDER BY part, key, sub
