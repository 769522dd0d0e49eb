CREATE TABLE o (x int, y text); CREATE TABLE t (id int, o o, os o[]);
INSERT INTO t VALUES (1, ROW(1, 'a'), ARRAY[ROW(1, 'a')::o]), (2, NULL, NULL);
