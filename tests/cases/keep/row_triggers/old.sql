CREATE TABLE t (id int PRIMARY KEY, n int, changed timestamptz);
CREATE TABLE log (id int, what text);
INSERT INTO t VALUES (1, 1, '2020-01-01'), (2, 2, '2020-01-02');
INSERT INTO log VALUES (1, 'made');
