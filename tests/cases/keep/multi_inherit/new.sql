CREATE TABLE a (x bigint NOT NULL CHECK (x > 0) NO INHERIT); CREATE TABLE b (x bigint, y int); CREATE TABLE c (z int NOT NULL, w int NOT NULL) INHERITS (a, b);
