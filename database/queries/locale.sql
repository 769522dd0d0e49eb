-- How a database sorts and encodes text and who owns it, for creating another like it (columns differ by version).
SELECT to_jsonb(d), pg_get_userbyid(d.datdba) FROM pg_database d WHERE d.datname = %(name)s
