CREATE TABLE t (id int, amount text, kind text);
INSERT INTO t VALUES (1, '5', 'a'), (2, 'five', 'a'), (3, 'six', 'b'), (4, NULL, 'a');
CREATE TABLE p (id int, v text);
INSERT INTO p VALUES (1, '1'), (2, 'x'), (11, 'y');
