CREATE TABLE base (id int, name text);
CREATE TABLE child (extra int) INHERITS (base);
CREATE TABLE leaving (n int) INHERITS (base);
INSERT INTO base VALUES (1, 'b');
INSERT INTO child VALUES (2, 'c', 5), (3, NULL, 6);
INSERT INTO leaving VALUES (4, 'l', 1);
