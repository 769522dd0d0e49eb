CREATE TABLE t (id int PRIMARY KEY, name text, size int, word varchar, price text, pick text);
INSERT INTO t VALUES (1, 'a', 5, 'long enough', '7', 'x'), (2, NULL, NULL, NULL, NULL, 'x'), (3, 'b', 1, 'b', '1', NULL);
