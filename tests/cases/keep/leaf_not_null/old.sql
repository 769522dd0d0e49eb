CREATE TABLE t (id int, k text, v int);
INSERT INTO t VALUES (1, 'a', NULL), (2, 'b', NULL), (3, 'a', 1), (4, 'b', 5);
