CREATE TABLE t (id int, j jsonb UNIQUE, k jsonb, a int[]); CREATE UNIQUE INDEX ON t ((k->>'a')); CREATE UNIQUE INDEX ON t (a);
