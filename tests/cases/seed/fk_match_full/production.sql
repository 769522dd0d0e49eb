-- Warehouse: MATCH FULL references (all columns null or none), optional and required.
CREATE TABLE aisles (
  hall char(1) NOT NULL CHECK (hall BETWEEN 'A' AND 'F'),
  aisle smallint NOT NULL CHECK (aisle BETWEEN 1 AND 40),
  PRIMARY KEY (hall, aisle)
);
CREATE TABLE shelves (
  hall char(1) NOT NULL,
  aisle smallint NOT NULL,
  level smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
  cold boolean NOT NULL DEFAULT false,
  PRIMARY KEY (hall, aisle, level),
  FOREIGN KEY (hall, aisle) REFERENCES aisles MATCH FULL
);
CREATE TABLE pallets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  hall char(1),
  aisle smallint,
  level smallint,
  goods text NOT NULL,
  -- on a shelf, or not stored at all
  FOREIGN KEY (hall, aisle, level) REFERENCES shelves (hall, aisle, level) MATCH FULL ON DELETE SET NULL
);
CREATE TABLE picks (
  id bigserial PRIMARY KEY,
  pallet_id bigint NOT NULL REFERENCES pallets (id) MATCH FULL,
  from_hall char(1),
  from_aisle smallint,
  to_hall char(1),
  to_aisle smallint,
  FOREIGN KEY (from_hall, from_aisle) REFERENCES aisles (hall, aisle) MATCH FULL,
  FOREIGN KEY (to_hall, to_aisle) REFERENCES aisles (hall, aisle) MATCH SIMPLE,
  CHECK (from_hall IS NOT NULL OR to_hall IS NOT NULL)
);
