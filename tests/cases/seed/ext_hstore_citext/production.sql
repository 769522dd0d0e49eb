-- Device catalogue: hstore attributes and case-insensitive text (citext) keys.
CREATE EXTENSION hstore;
CREATE EXTENSION citext;
CREATE DOMAIN mail AS citext CHECK (VALUE ~ '^[a-z0-9._-]+@[a-z0-9-]+\.[a-z]{2,6}$');
CREATE TABLE makers (
  name citext PRIMARY KEY,
  contact mail NOT NULL UNIQUE,
  labels hstore
);
CREATE TABLE models (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  maker citext NOT NULL REFERENCES makers (name),
  model citext NOT NULL CHECK (length(model) >= 2),
  attrs hstore NOT NULL DEFAULT 'colour=>black, weight=>100',
  CHECK (attrs ? 'colour'),
  CHECK (NOT attrs ? 'secret'),
  CHECK (attrs -> 'colour' IN ('black', 'white', 'silver')),
  UNIQUE (maker, model)
);
CREATE UNIQUE INDEX ON models ((attrs -> 'ean')) WHERE attrs ? 'ean';
CREATE TABLE tags (
  tag citext NOT NULL UNIQUE CHECK (tag <> ''),
  synonyms citext[] NOT NULL DEFAULT '{}'
);
CREATE TABLE model_tags (
  model_id int NOT NULL REFERENCES models (id),
  tag citext NOT NULL REFERENCES tags (tag),
  extra hstore CHECK (akeys(extra) <@ ARRAY['note', 'by']),
  status citext NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'Checked')),
  PRIMARY KEY (model_id, tag)
);
