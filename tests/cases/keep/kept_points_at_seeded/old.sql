CREATE TABLE t (id int PRIMARY KEY, status text, country text);
INSERT INTO t VALUES (1, 'open', 'de'), (2, 'odd', 'de'), (3, NULL, NULL);
