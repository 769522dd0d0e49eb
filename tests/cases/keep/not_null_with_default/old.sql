CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TYPE pair AS (a int, b int);
CREATE TABLE t (id int PRIMARY KEY, state text, "At it" timestamp, size int, kind text, price numeric, place pair);
INSERT INTO t VALUES
    (1, 'good', '2026-01-02 03:04', 5, 'a', 1.5, '(,)'), (2, NULL, NULL, NULL, 'b', NULL, '(1,2)'), (3, NULL, NULL, 7, NULL, 2, '(1,2)');
