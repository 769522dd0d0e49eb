CREATE TABLE base (id bigint, name text NOT NULL, made int DEFAULT 3);
CREATE TABLE child (extra int) INHERITS (base);
CREATE TABLE leaving (id int, name text, n int);
