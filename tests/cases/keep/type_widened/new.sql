CREATE TABLE t (id bigint PRIMARY KEY, n numeric, r double precision, v text, d timestamp, ts timestamptz);
