CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree;
CREATE TABLE t (id int, c citext, t text, h hstore, p ltree, txt text);
INSERT INTO t VALUES (1, 'Ab', 'Cd', 'a=>1', 'a.b', 'x.y'), (2, 'aB', 'cD', NULL, NULL, NULL);
