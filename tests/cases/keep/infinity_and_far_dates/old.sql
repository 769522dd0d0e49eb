CREATE TABLE t (id int PRIMARY KEY, at timestamptz, d date);
INSERT INTO t VALUES (1, 'infinity', '-infinity'), (2, '0044-03-15 BC', '4000-01-01'), (3, '2026-01-01', 'infinity');
