CREATE TABLE t (id int PRIMARY KEY, name text, email text);
INSERT INTO t VALUES (1, 'a', 'a@example.com'), (2, NULL, 'b@example.com'), (3, 'c', NULL);
