CREATE TABLE node (id int PRIMARY KEY, up int);
INSERT INTO node VALUES (1, NULL), (2, 1), (3, 2), (4, 9), (5, 4), (6, 6), (7, 8), (8, 7);
