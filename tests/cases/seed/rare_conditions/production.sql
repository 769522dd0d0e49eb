-- Unique numbers by what is left of a division, ids below nought, long texts, what generated columns can be computed of.
CREATE DOMAIN even_number AS bigint CHECK (VALUE % 2 = 0);
CREATE TABLE plots (number even_number PRIMARY KEY, size numeric(6,2) NOT NULL CHECK (size * 4 = trunc(size * 4)));
CREATE SEQUENCE correction_ids AS smallint INCREMENT -1 MAXVALUE -1 MINVALUE -50;
CREATE TABLE corrections (id smallint PRIMARY KEY DEFAULT nextval('correction_ids') CHECK (id < 0));
CREATE TABLE licences (id int PRIMARY KEY, wording text NOT NULL CHECK (length(wording) >= 1500));
CREATE TABLE readings (
  id int PRIMARY KEY,
  document text NOT NULL,
  parsed jsonb GENERATED ALWAYS AS (document::jsonb) STORED,
  written text NOT NULL,
  amount numeric GENERATED ALWAYS AS (written::numeric) STORED
);
CREATE TABLE keys_by_range (id uuid PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE keys_in_between PARTITION OF keys_by_range
  FOR VALUES FROM ('80000000-0000-0000-0000-000000000000') TO ('90000000-0000-0000-0000-000000000000');
-- Two keys to the table's own rows, never the same row.
CREATE TABLE duels (
  id int PRIMARY KEY,
  one int NOT NULL REFERENCES duels,
  other int NOT NULL REFERENCES duels,
  judge int REFERENCES duels,
  CHECK (one <> other),
  CHECK (other <> id),
  CHECK (judge <> one),
  CHECK (judge <> other)
);
-- A CHECK that reads another table by way of a view; hstore in a schema of its own.
CREATE TABLE limits (name text PRIMARY KEY CHECK (name IN ('low', 'high')), value int NOT NULL CHECK (value BETWEEN 0 AND 10));
CREATE VIEW highest AS SELECT max(value) AS value FROM limits;
CREATE FUNCTION allowed() RETURNS int STABLE LANGUAGE sql AS 'SELECT coalesce((SELECT value FROM highest), 1000)';
CREATE FUNCTION fits(given int) RETURNS boolean STABLE LANGUAGE plpgsql AS 'BEGIN RETURN given BETWEEN 0 AND allowed(); END';
CREATE TABLE measured (id int PRIMARY KEY, value int NOT NULL CHECK (fits(value)));
CREATE SCHEMA tools;
CREATE EXTENSION hstore SCHEMA tools;
CREATE TABLE switches (id int PRIMARY KEY, options tools.hstore NOT NULL CHECK (tools.exist(options, 'colour')));
