-- Meeting rooms: exclusion constraints over time ranges, with equality through btree_gist.
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  building text NOT NULL
);
CREATE TABLE bookings (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id int NOT NULL REFERENCES rooms (id),
  during tstzrange NOT NULL,
  cancelled boolean NOT NULL DEFAULT false,
  CHECK (NOT isempty(during)),
  CHECK (upper(during) - lower(during) <= interval '8 hours'),
  EXCLUDE USING gist (room_id WITH =, during WITH &&) WHERE (NOT cancelled)
);
-- two columns make the range
CREATE TABLE stays (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id int NOT NULL REFERENCES rooms (id),
  arrives date NOT NULL,
  leaves date NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'sure', 'void')),
  CHECK (leaves > arrives AND leaves - arrives <= 30),
  CONSTRAINT no_double_stay EXCLUDE USING gist (room_id WITH =, daterange(arrives, leaves, '[)') WITH &&)
    WHERE (state <> 'void')
);
-- the whole house is closed at most once at a time
CREATE TABLE closures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  span tsrange NOT NULL CHECK (NOT isempty(span) AND NOT lower_inf(span) AND NOT upper_inf(span)),
  reason text NOT NULL,
  EXCLUDE USING gist (span WITH &&) DEFERRABLE INITIALLY DEFERRED
);
-- one kind of price at a time, open-ended ones allowed
CREATE TABLE room_prices (
  room_id int NOT NULL REFERENCES rooms (id),
  kind text NOT NULL CHECK (kind IN ('weekday', 'weekend')),
  valid_from date NOT NULL,
  valid_to date,
  cents int NOT NULL CHECK (cents > 0),
  PRIMARY KEY (room_id, kind, valid_from),
  CHECK (valid_to >= valid_from),
  EXCLUDE USING gist (room_id WITH =, kind WITH =, daterange(valid_from, coalesce(valid_to, 'infinity'), '[]') WITH &&)
);
