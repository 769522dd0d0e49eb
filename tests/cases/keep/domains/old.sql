CREATE DOMAIN short AS text CHECK (length(VALUE) < 10);
CREATE TABLE t (id int, a short, b text, c short, d int);
INSERT INTO t VALUES (1, 'abc', '12', 'x', 1), (2, 'abc', 'many words', 'x', 1), (3, 'longer', '12', NULL, 1), (4, 'abc', '1', 'x', -1);
