-- Media store: old-style inheritance with keys per child, inherited CHECKs and references to children.
-- No row lives in media itself (its CHECK false is not inherited): SELECT FROM media shows the children's rows.
CREATE TABLE studios (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE media (
  id int NOT NULL,
  title text NOT NULL CHECK (length(title) >= 2),
  studio_id int,
  price numeric(6,2) NOT NULL DEFAULT 9.90 CHECK (price > 0),
  CONSTRAINT abstract CHECK (false) NO INHERIT
);
CREATE TABLE books (
  isbn char(13) NOT NULL UNIQUE CHECK (isbn ~ '^[0-9]{13}$'),
  PRIMARY KEY (id),
  FOREIGN KEY (studio_id) REFERENCES studios (id)
) INHERITS (media);
CREATE TABLE discs (
  minutes int NOT NULL CHECK (minutes BETWEEN 1 AND 400),
  region smallint CHECK (region IN (1, 2, 3)),
  PRIMARY KEY (id),
  CHECK (price < 100)
) INHERITS (media);
ALTER TABLE discs ALTER COLUMN studio_id SET NOT NULL;
ALTER TABLE discs ADD FOREIGN KEY (studio_id) REFERENCES studios (id);
ALTER TABLE discs ALTER COLUMN price SET DEFAULT 12.50;
-- a third level, and a child of two parents
CREATE TABLE box_sets (
  disc_count int NOT NULL CHECK (disc_count > 1),
  PRIMARY KEY (id)
) INHERITS (discs);
CREATE TABLE lendable (max_days int NOT NULL CHECK (max_days BETWEEN 1 AND 28));
CREATE TABLE audio_books (
  reader text NOT NULL,
  PRIMARY KEY (id)
) INHERITS (media, lendable);
CREATE TABLE loans (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  audio_book_id int REFERENCES audio_books (id),
  -- box sets are no discs for this key: only rows of discs itself count
  disc_id int REFERENCES discs (id),
  lent date NOT NULL,
  CHECK (num_nonnulls(audio_book_id, disc_id) = 1)
);
