CREATE TABLE p (a int, b text, v int);
CREATE TABLE c (id int, a int, b text);
CREATE TABLE f (id int, a int, b text);
INSERT INTO p VALUES (1, 'x', 1), (1, 'y', 2);
INSERT INTO c VALUES (1, 1, 'x'), (2, 1, 'z'), (3, NULL, 'z');
INSERT INTO f VALUES (1, 1, 'x'), (2, NULL, 'x'), (3, NULL, NULL);
