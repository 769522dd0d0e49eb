CREATE TABLE t (id int, a int, b int);
INSERT INTO t VALUES (1, NULL, 1), (2, NULL, 1), (3, 1, NULL), (4, NULL, NULL), (5, NULL, NULL);
