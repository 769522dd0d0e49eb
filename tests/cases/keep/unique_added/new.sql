CREATE TABLE t (id int PRIMARY KEY, a text, b text, c text, UNIQUE (a, b));
CREATE UNIQUE INDEX t_lower ON t (lower(a)) WHERE c IS NULL;
