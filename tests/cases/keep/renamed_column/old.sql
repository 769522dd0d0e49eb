CREATE TABLE people (id int PRIMARY KEY, name text NOT NULL, age int);
INSERT INTO people VALUES (1, 'Ann', 30), (2, 'Bob', NULL);
