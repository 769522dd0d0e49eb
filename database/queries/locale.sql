-- How a database sorts and encodes text, who owns it and where it lies, for creating another like it (columns differ by version).
SELECT to_jsonb(d), pg_get_userbyid(d.datdba),
       CASE WHEN has_tablespace_privilege(t.oid, 'CREATE') THEN t.spcname ELSE 'pg_default' END
  FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
 WHERE d.datname = %(name)s
