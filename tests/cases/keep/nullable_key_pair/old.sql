CREATE TABLE t (id serial PRIMARY KEY, email varchar(255), deleted_at timestamptz); INSERT INTO t (email, deleted_at) VALUES ('A@x.example', NULL), ('a@x.example', NULL), ('a@x.example', now());
