CREATE TABLE t (id int, during daterange);
INSERT INTO t VALUES (1, '[2026-01-01,2026-02-01)'), (1, '[2026-01-15,2026-03-01)'), (1, 'empty'), (2, 'empty'), (3, NULL);
