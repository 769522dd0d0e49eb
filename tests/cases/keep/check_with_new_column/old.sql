CREATE TABLE t (id int PRIMARY KEY, kind text NOT NULL, at date);
INSERT INTO t SELECT n, CASE WHEN n % 2 = 0 THEN 'person' ELSE 'company' END, date '2026-01-01' + n FROM generate_series(1, 30) n;
