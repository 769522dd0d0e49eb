CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (id int, p_id int, n int);
INSERT INTO c VALUES (1, 5, -1);
