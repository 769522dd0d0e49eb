-- The same, made in another order and without the detour: there is no number of a dropped column in any definition.
CREATE TYPE mood AS ENUM ('glad');
ALTER TYPE mood ADD VALUE 'sad';
CREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, mood mood DEFAULT 'glad');
CREATE VIEW shown AS SELECT id, name FROM people WHERE mood = 'glad';
CREATE INDEX people_name ON people (lower(name));
