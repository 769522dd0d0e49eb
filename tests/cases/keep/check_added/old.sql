CREATE TABLE t (id int, price numeric, state text, at date, till date);
INSERT INTO t VALUES (1, 1, 'open', '2026-01-01', '2026-01-02'), (2, -1, 'open', NULL, NULL), (3, 1, 'odd', NULL, NULL), (4, NULL, NULL, '2026-01-02', '2026-01-01');
