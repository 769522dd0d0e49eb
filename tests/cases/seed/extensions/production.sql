-- Types of extensions.
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube;
CREATE TABLE t (id citext PRIMARY KEY, mail citext UNIQUE NOT NULL, h hstore NOT NULL, path ltree NOT NULL, c cube, lq lquery);
