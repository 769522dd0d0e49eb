-- Exclusion constraints: ranges, pairs of moments, equality.
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE bookings (id serial PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, during tstzrange NOT NULL, EXCLUDE USING gist (room_id WITH =, during WITH &&));
CREATE TABLE shifts (id serial PRIMARY KEY, room_id int NOT NULL REFERENCES rooms, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, CHECK (ends_at > starts_at), EXCLUDE USING gist (room_id WITH =, tstzrange(starts_at, ends_at) WITH &&));
CREATE TABLE rates (id serial PRIMARY KEY, valid daterange NOT NULL, amount numeric(8,2) NOT NULL, EXCLUDE USING gist (valid WITH &&), CHECK (NOT isempty(valid)));
CREATE TABLE zones (area circle, EXCLUDE USING gist (area WITH &&));
CREATE TABLE names (x int, EXCLUDE USING gist (x WITH =));
-- ranges of a domain that leaves out where they would begin
CREATE DOMAIN place AS int CHECK (VALUE > 0);
CREATE TYPE places AS RANGE (subtype = place);
CREATE TABLE seats (id serial PRIMARY KEY, taken places NOT NULL, EXCLUDE USING gist (taken WITH &&));
-- the range itself is bound so that the ones that never overlap do not fit
CREATE TABLE desks (id serial PRIMARY KEY, taken int4range NOT NULL CHECK (taken <@ '[0,40)'), EXCLUDE USING gist (taken WITH &&));
-- a range around a moment that is told
CREATE TABLE spans (span tstzrange NOT NULL CHECK (span @> timestamptz '2025-06-01'));

-- Ranges over types of whose order nothing is known: labels, rows, keys; and as keys themselves.
CREATE TYPE severity AS ENUM ('low', 'high', 'severe');
CREATE TYPE severities AS RANGE (subtype = severity);
CREATE TYPE spot AS (shelf integer, box text);
CREATE TYPE spots AS RANGE (subtype = spot);
CREATE TYPE addresses AS RANGE (subtype = inet);
CREATE TABLE alarms (id uuid PRIMARY KEY, sounds_for severities NOT NULL, kept_in spots NOT NULL);
CREATE TABLE shelved (kept_in spots PRIMARY KEY, seen_from addresses NOT NULL UNIQUE);
