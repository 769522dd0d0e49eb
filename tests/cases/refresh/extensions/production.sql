CREATE SCHEMA ext;
CREATE EXTENSION citext WITH SCHEMA ext;
CREATE EXTENSION pg_trgm WITH SCHEMA ext;
CREATE EXTENSION btree_gist;
COMMENT ON EXTENSION pg_trgm IS 'A comment that only its owner may set.';
CREATE TABLE words (word ext.citext PRIMARY KEY, during tsrange, room int, EXCLUDE USING gist (room WITH =, during WITH &&));
CREATE INDEX words_like ON words USING gin ((word::text) ext.gin_trgm_ops);
