CREATE TABLE customer (id int PRIMARY KEY, name text);
CREATE TABLE purchase (id int PRIMARY KEY, what text);
INSERT INTO customer VALUES (101, 'x'), (205, 'y');
INSERT INTO purchase SELECT n, 'w' FROM generate_series(1, 20) n;
