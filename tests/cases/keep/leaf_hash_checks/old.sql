CREATE TABLE t (id int, v int);
INSERT INTO t SELECT n, n % 7 FROM generate_series(1, 50) n;
