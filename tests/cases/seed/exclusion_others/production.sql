-- Warehouse and radio planning: exclusion over integers, circles, boxes, inequality and points.
CREATE EXTENSION btree_gist;
CREATE TABLE sites (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  area circle NOT NULL,
  EXCLUDE USING gist (area WITH &&)
);
CREATE TABLE number_blocks (
  site_id int NOT NULL REFERENCES sites (id),
  block int4range NOT NULL CHECK (lower(block) >= 1000 AND upper(block) <= 1000000),
  EXCLUDE USING gist (block WITH &&)
);
CREATE TABLE frequency_slots (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site_id int NOT NULL REFERENCES sites (id),
  khz numrange NOT NULL CHECK (NOT isempty(khz) AND upper(khz) - lower(khz) <= 25),
  -- adjacent slots are a conflict too
  EXCLUDE USING gist (site_id WITH =, khz WITH &&),
  EXCLUDE USING gist (site_id WITH =, khz WITH -|-)
);
CREATE TABLE floor_plan (
  site_id int NOT NULL REFERENCES sites (id),
  footprint box NOT NULL,
  EXCLUDE USING gist (site_id WITH =, footprint WITH &&)
);
-- all animals of a cage are of one species
CREATE TABLE cages (
  cage_no int NOT NULL,
  species text NOT NULL CHECK (species IN ('lion', 'zebra', 'lemur')),
  animal text NOT NULL,
  PRIMARY KEY (cage_no, animal),
  EXCLUDE USING gist (cage_no WITH =, species WITH <>)
);
-- plain equality in an exclusion constraint is a unique key in disguise
CREATE TABLE badges (
  code text NOT NULL,
  holder text NOT NULL,
  EXCLUDE USING btree (code WITH =),
  EXCLUDE USING hash (holder WITH =)
);

-- One row at most, said by what is the same of every row.
CREATE TABLE app_settings (id serial PRIMARY KEY, theme text NOT NULL, CONSTRAINT app_settings_only_one EXCLUDE ((id * 0) WITH =));
-- A name once beneath each parent, and once at the top.
CREATE TABLE shelves (
  id serial PRIMARY KEY, parent_id int REFERENCES shelves, name text NOT NULL,
  EXCLUDE (name WITH =, COALESCE(parent_id, -1) WITH =)
);
