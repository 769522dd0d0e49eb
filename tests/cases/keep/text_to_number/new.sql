CREATE TABLE t (id serial PRIMARY KEY, year int, price numeric, born date, flag boolean, key uuid);
