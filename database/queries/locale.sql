-- How a database sorts and encodes text, who owns it and where it lies, for creating another like it (columns differ by version).
SELECT to_jsonb(d), pg_get_userbyid(d.datdba), t.spcname
  FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
 WHERE d.datname = %(name)s
