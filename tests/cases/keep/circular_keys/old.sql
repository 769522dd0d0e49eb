CREATE TABLE dept (id int PRIMARY KEY, head int);
CREATE TABLE emp (id int PRIMARY KEY, dept int);
INSERT INTO dept VALUES (1, 1), (2, 2), (3, 7);
INSERT INTO emp VALUES (1, 1), (2, 2), (3, 3), (4, 1);
