-- Surveying office: composite types nested, in arrays, with domains inside, as table row types.
CREATE TYPE colour AS ENUM ('red', 'amber', 'green');
CREATE DOMAIN latitude AS numeric(8,5) CHECK (VALUE BETWEEN -90 AND 90);
CREATE DOMAIN longitude AS numeric(8,5) CHECK (VALUE BETWEEN -180 AND 180);
CREATE TYPE geo_point AS (lat latitude, lon longitude);
CREATE TYPE person_name AS (given text, "family name" varchar(30), titles text[]);
CREATE TYPE marker AS (label char(3), at geo_point, status colour, seen timestamptz);
CREATE TABLE surveyors (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name person_name NOT NULL,
  base geo_point NOT NULL,
  UNIQUE (base)
);
CREATE TABLE parcels (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  surveyor_id int NOT NULL REFERENCES surveyors (id),
  corner marker NOT NULL,
  corners marker[] NOT NULL CHECK (cardinality(corners) >= 3),
  owners person_name[]
);
-- the row type of a table as a column type
CREATE TABLE handovers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  parcel_id int NOT NULL REFERENCES parcels (id),
  by_whom surveyors,
  old_corner marker NOT NULL CHECK (old_corner IS NOT NULL)
);
CREATE TABLE stakes OF marker (
  PRIMARY KEY (label),
  status WITH OPTIONS NOT NULL DEFAULT 'amber',
  CHECK ((at).lat > 0)
);
