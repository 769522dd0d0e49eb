-- Tables of which no column is given a value: there is none, PostgreSQL computes it, or no value of its type is known.
CREATE TABLE nothing (CONSTRAINT sound CHECK (true));
CREATE TABLE computed (one int GENERATED ALWAYS AS (1) STORED, now_and_then text DEFAULT NULL);
CREATE TABLE only_computed (one int GENERATED ALWAYS AS (1) STORED NOT NULL);
CREATE TABLE computed_once (one int GENERATED ALWAYS AS (1) STORED UNIQUE);
CREATE TABLE unknown (odd pg_ndistinct);
CREATE TABLE parts (one int GENERATED ALWAYS AS (1) STORED, n pg_ndistinct) INHERITS (nothing);
