-- How a database sorts and encodes text, for creating another like it (columns differ between server versions).
SELECT to_jsonb(d) FROM pg_database d WHERE d.datname = %(name)s
