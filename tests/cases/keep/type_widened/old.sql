CREATE TABLE t (id smallint PRIMARY KEY, n int, r real, v varchar(10), d date, ts timestamp);
INSERT INTO t VALUES (1, 2147483647, 1.5, 'abc', '2026-02-28', '2026-02-28 10:00'), (2, NULL, NULL, NULL, NULL, NULL);
