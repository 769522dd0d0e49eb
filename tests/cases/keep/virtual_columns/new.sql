CREATE TABLE t (id int PRIMARY KEY, a int, v int, w int GENERATED ALWAYS AS (a * 3) VIRTUAL);
