CREATE TABLE t (id int, a int);
INSERT INTO t VALUES (1, 1), (2, 1), (3, 2);
