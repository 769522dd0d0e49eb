CREATE TABLE t (at date, v int); INSERT INTO t SELECT date '2026-01-01' + n, n FROM generate_series(0, 199) n;
