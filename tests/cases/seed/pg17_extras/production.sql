-- Parcel lockers: identity and exclusion on partitioned tables, SQL/JSON functions in CHECKs and generated columns.
CREATE EXTENSION btree_gist;
CREATE TABLE lockers (
  id bigint GENERATED ALWAYS AS IDENTITY,
  town_no int NOT NULL CHECK (town_no BETWEEN 1 AND 200),
  doors int NOT NULL CHECK (doors BETWEEN 4 AND 80),
  PRIMARY KEY (id, town_no)
) PARTITION BY RANGE (town_no);
CREATE TABLE lockers_a PARTITION OF lockers FOR VALUES FROM (1) TO (100);
CREATE TABLE lockers_b PARTITION OF lockers FOR VALUES FROM (100) TO (201);
-- no door is reserved twice at a time, over all partitions of a locker
CREATE TABLE reservations (
  town_no int NOT NULL,
  locker_id bigint NOT NULL,
  door int NOT NULL CHECK (door >= 1),
  held tstzrange NOT NULL CHECK (upper(held) - lower(held) <= interval '3 days'),
  FOREIGN KEY (locker_id, town_no) REFERENCES lockers (id, town_no),
  EXCLUDE USING gist (town_no WITH =, locker_id WITH =, door WITH =, held WITH &&)
) PARTITION BY LIST (town_no);
CREATE TABLE reservations_1 PARTITION OF reservations FOR VALUES IN (1, 2, 3);
CREATE TABLE reservations_rest PARTITION OF reservations DEFAULT;
CREATE TABLE messages (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  raw text NOT NULL CHECK (raw IS JSON OBJECT),
  doc jsonb NOT NULL,
  kind text GENERATED ALWAYS AS (JSON_VALUE(doc, '$.kind')) STORED NOT NULL,
  CHECK (JSON_EXISTS(doc, '$.id')),
  CHECK (JSON_VALUE(doc, '$.id' RETURNING int) > 0),
  CHECK (kind IN ('open', 'close'))
);
CREATE TABLE lists (
  name text PRIMARY KEY,
  items text NOT NULL CHECK (items IS JSON ARRAY WITH UNIQUE KEYS),
  scalar text CHECK (scalar IS JSON SCALAR)
);
