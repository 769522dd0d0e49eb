-- Types of extensions.
CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree; CREATE EXTENSION cube;
CREATE TABLE t (id citext PRIMARY KEY, mail citext UNIQUE NOT NULL, h hstore NOT NULL, path ltree NOT NULL, c cube, lq lquery);
CREATE EXTENSION isn;
CREATE TABLE books (isbn isbn13 PRIMARY KEY, old isbn UNIQUE NOT NULL, ean ean13 UNIQUE NOT NULL, upc upc UNIQUE NOT NULL);
CREATE TABLE journals (issn issn PRIMARY KEY, long issn13 UNIQUE NOT NULL, book isbn13 NOT NULL REFERENCES books, score ismn UNIQUE NOT NULL);
CREATE TABLE cubes (cube cube NOT NULL CHECK (cube_dim(cube) = 3));
CREATE TABLE branches (branch ltree PRIMARY KEY CHECK (nlevel(branch) BETWEEN 2 AND 4), CHECK (branch ~ 'top.*'));
CREATE EXTENSION earthdistance;
CREATE TABLE spots (spot earth NOT NULL);
