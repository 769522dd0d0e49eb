CREATE TABLE t (id int, a text, b text, c text);
INSERT INTO t VALUES (1, 'x', 'y', NULL), (2, 'X', 'y', NULL), (3, 'x', 'y', 'c'), (4, NULL, 'y', 'd'), (5, NULL, 'y', 'd'), (1, 'q', 'r', 's');
