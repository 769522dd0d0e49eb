CREATE TABLE t (id int, m text, n varchar(20));
INSERT INTO t VALUES (1, 'sad', 'ok'), (2, 'SAD', 'ok');
