CREATE TABLE t (id int PRIMARY KEY, a int, b int, total int, plain int GENERATED ALWAYS AS (a - 1) STORED,
    twice int GENERATED ALWAYS AS (a * 2) STORED, more int GENERATED ALWAYS AS (a + 1) STORED);
