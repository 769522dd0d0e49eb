CREATE TABLE t (id int PRIMARY KEY, a int, b int, total int GENERATED ALWAYS AS (a + b) STORED, plain int, twice bigint GENERATED ALWAYS AS (a::bigint * 2) STORED);
INSERT INTO t (id, a, b, plain) VALUES (1, 2, 3, 99), (2, 2147483647, 0, 1);
