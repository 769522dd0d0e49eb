CREATE TABLE t (id int, body text, words tsvector, note text);
INSERT INTO t SELECT 1, string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n;
INSERT INTO t SELECT 2, 'short', NULL, string_agg(md5(n::text), '') FROM generate_series(1, 1000) AS n;
