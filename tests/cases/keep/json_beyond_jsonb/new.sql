CREATE TABLE t (id int, doc jsonb, docs jsonb[]);
