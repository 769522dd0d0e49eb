-- Laboratory: domains over arrays, arrays of domains, domains over composites and ranges.
CREATE DOMAIN ph AS numeric(4,2) CHECK (VALUE BETWEEN 0 AND 14);
CREATE DOMAIN tag AS text CHECK (VALUE ~ '^[a-z]{2,12}$');
CREATE DOMAIN tag_list AS text[] CHECK (cardinality(VALUE) BETWEEN 1 AND 4);
CREATE DOMAIN triple AS double precision[] CHECK (array_length(VALUE, 1) = 3);
CREATE DOMAIN rgb AS int[] CHECK (array_length(VALUE, 1) = 3 AND 0 <= ALL (VALUE) AND 255 >= ALL (VALUE));
CREATE DOMAIN span AS int4range CHECK (NOT isempty(VALUE) AND NOT lower_inf(VALUE) AND NOT upper_inf(VALUE));
CREATE TYPE measured AS (value numeric, unit text);
CREATE DOMAIN concentration AS measured CHECK ((VALUE).value >= 0 AND (VALUE).unit IN ('mol/l', 'g/l'));
CREATE TYPE grade AS ENUM ('pure', 'technical', 'waste');
CREATE DOMAIN usable_grade AS grade CHECK (VALUE <> 'waste');
CREATE TABLE reagents (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  grade usable_grade NOT NULL,
  acidity ph,
  colour rgb NOT NULL DEFAULT '{255,255,255}',
  labels tag[] NOT NULL DEFAULT '{}' CHECK (cardinality(labels) <= 3)
);
CREATE TABLE samples (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  reagent_id int NOT NULL REFERENCES reagents (id),
  tags tag_list NOT NULL,
  position triple NOT NULL,
  strength concentration NOT NULL,
  ph_series ph[] NOT NULL CHECK (cardinality(ph_series) > 0)
);
CREATE TABLE windows (
  sample_id int NOT NULL REFERENCES samples (id),
  minutes span NOT NULL,
  grades usable_grade[] NOT NULL,
  PRIMARY KEY (sample_id, minutes)
);
-- addresses within a list are as much somebody's as others
CREATE DOMAIN address AS text CHECK (VALUE ~* '^[^@]+@[^@]+\.[a-z]{2,}$');
CREATE TABLE listed (contacts address[] NOT NULL CHECK (cardinality(contacts) <= 3));
