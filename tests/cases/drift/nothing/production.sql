CREATE TYPE mood AS ENUM ('glad', 'sad');
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'glad', gone int);
ALTER TABLE people DROP COLUMN gone;
CREATE INDEX people_name ON people (lower(name));
CREATE VIEW shown AS SELECT id, name FROM people WHERE mood = 'glad';
