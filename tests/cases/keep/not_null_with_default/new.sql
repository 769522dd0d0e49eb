CREATE TYPE mood AS ENUM ('good', 'bad');
CREATE TYPE pair AS (a int, b int);
CREATE SEQUENCE sizes START 100;
CREATE FUNCTION half(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 / 2';
CREATE TABLE t (
    id bigint PRIMARY KEY, state mood NOT NULL DEFAULT 'bad', "At it" timestamptz NOT NULL DEFAULT now(),
    size text NOT NULL DEFAULT nextval('sizes'), kind text NOT NULL, price int NOT NULL DEFAULT half(18),
    place pair NOT NULL DEFAULT '(0,0)',
    doubled int GENERATED ALWAYS AS (price * 2) STORED CHECK (doubled > 0)
);
