CREATE TABLE parent (id int PRIMARY KEY, code text);
CREATE TABLE child (id int PRIMARY KEY, parent_id int, code text);
CREATE TABLE grandchild (id int PRIMARY KEY, child_id int);
INSERT INTO parent VALUES (1, 'a'), (2, 'a'), (3, 'c');
INSERT INTO child VALUES (1, 1, 'a'), (2, 9, 'a'), (3, NULL, 'zz'), (4, 3, NULL), (5, 2, 'a');
INSERT INTO grandchild VALUES (1, 1), (2, 2), (3, 5), (4, NULL);
