CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE t (id int, k text, p int);
INSERT INTO p VALUES (1);
INSERT INTO t VALUES (1, 'a', 7), (2, 'b', 7), (3, 'a', 1);
