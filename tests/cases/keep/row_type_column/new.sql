CREATE TABLE o (y text, x bigint, z int); CREATE TABLE t (id int, o o, os o[]);
