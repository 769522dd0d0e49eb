CREATE TABLE t (id int, a int, b int, UNIQUE NULLS NOT DISTINCT (a, b));
