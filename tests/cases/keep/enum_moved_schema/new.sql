CREATE SCHEMA kinds;
CREATE TYPE kinds.feeling AS ENUM ('ok', 'sad');
CREATE TABLE t (id int, m kinds.feeling DEFAULT 'sad');
