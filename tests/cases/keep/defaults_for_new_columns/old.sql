CREATE TABLE t (id int PRIMARY KEY);
INSERT INTO t SELECT generate_series(1, 5);
