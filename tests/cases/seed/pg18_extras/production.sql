-- Event sourcing: uuidv7 defaults, NOT ENFORCED constraints, named and NOT VALID NOT NULLs, temporal one-to-many.
CREATE EXTENSION btree_gist;
CREATE TABLE streams (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  name text CONSTRAINT stream_has_name NOT NULL,
  owner_mail text,
  -- written down but not enforced: rows may break it
  CONSTRAINT mail_like CHECK (owner_mail LIKE '%@%') NOT ENFORCED
);
CREATE TABLE events (
  id uuid PRIMARY KEY DEFAULT uuidv7() CHECK (uuid_extract_version(id) = 7),
  stream_id uuid NOT NULL REFERENCES streams (id),
  caused_by uuid,
  payload jsonb NOT NULL,
  at timestamptz,
  CONSTRAINT cause_fk FOREIGN KEY (caused_by) REFERENCES events (id) NOT ENFORCED
);
ALTER TABLE events ADD CONSTRAINT event_has_time NOT NULL at NOT VALID;
CREATE TABLE prices (
  stream_id uuid NOT NULL REFERENCES streams (id),
  valid tstzrange NOT NULL,
  cents int NOT NULL CHECK (cents > 0),
  PRIMARY KEY (stream_id, valid WITHOUT OVERLAPS)
);
CREATE TABLE offers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stream_id uuid NOT NULL,
  runs tstzrange NOT NULL CHECK (NOT isempty(runs)),
  buyer text NOT NULL,
  FOREIGN KEY (stream_id, PERIOD runs) REFERENCES prices (stream_id, PERIOD valid),
  UNIQUE (buyer, runs WITHOUT OVERLAPS)
);
