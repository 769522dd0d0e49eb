-- Publishing house: NOT NULL cycles whose links are all immediate and not deferrable.
-- Rows exist only if one statement writes the whole ring
-- (WITH a AS (INSERT ...), b AS (INSERT ...) SELECT 1), as keys are checked at its end.
CREATE TABLE imprints (
  id int PRIMARY KEY,
  name text NOT NULL,
  lead_title_id int NOT NULL
);
CREATE TABLE titles (
  id int PRIMARY KEY,
  imprint_id int NOT NULL REFERENCES imprints (id),
  title text NOT NULL
);
ALTER TABLE imprints ADD CONSTRAINT imprints_lead_fk FOREIGN KEY (lead_title_id) REFERENCES titles (id);
CREATE TABLE editions (
  id int PRIMARY KEY,
  title_id int NOT NULL REFERENCES titles (id),
  format text NOT NULL CHECK (format IN ('hardback', 'paperback', 'ebook')),
  UNIQUE (title_id, format)
);
CREATE TABLE price_points (
  edition_id int NOT NULL REFERENCES editions (id),
  currency char(3) NOT NULL CHECK (currency IN ('EUR', 'GBP')),
  cents int NOT NULL CHECK (cents > 0),
  PRIMARY KEY (edition_id, currency)
);
