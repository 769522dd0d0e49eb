-- Unique numbers by what is left of a division, ids below nought, long texts, what generated columns can be computed of.
CREATE DOMAIN even_number AS bigint CHECK (VALUE % 2 = 0);
CREATE TABLE plots (number even_number PRIMARY KEY, size numeric(6,2) NOT NULL CHECK (size * 4 = trunc(size * 4)));
CREATE SEQUENCE correction_ids AS smallint INCREMENT -1 MAXVALUE -1 MINVALUE -50;
CREATE TABLE corrections (id smallint PRIMARY KEY DEFAULT nextval('correction_ids') CHECK (id < 0));
CREATE TABLE licences (id int PRIMARY KEY, wording text NOT NULL CHECK (length(wording) >= 1500));
CREATE TABLE readings (
  id int PRIMARY KEY,
  document text NOT NULL,
  parsed jsonb GENERATED ALWAYS AS (document::jsonb) STORED,
  written text NOT NULL,
  amount numeric GENERATED ALWAYS AS (written::numeric) STORED
);
CREATE TABLE keys_by_range (id uuid PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE keys_in_between PARTITION OF keys_by_range
  FOR VALUES FROM ('80000000-0000-0000-0000-000000000000') TO ('90000000-0000-0000-0000-000000000000');
-- Two keys to the table's own rows, never the same row.
CREATE TABLE duels (
  id int PRIMARY KEY,
  one int NOT NULL REFERENCES duels,
  other int NOT NULL REFERENCES duels,
  judge int REFERENCES duels,
  CHECK (one <> other),
  CHECK (other <> id),
  CHECK (judge <> one),
  CHECK (judge <> other)
);
-- A CHECK that reads another table by way of a view; hstore in a schema of its own.
CREATE TABLE limits (name text PRIMARY KEY CHECK (name IN ('low', 'high')), value int NOT NULL CHECK (value BETWEEN 0 AND 10));
CREATE VIEW highest AS SELECT max(value) AS value FROM limits;
CREATE FUNCTION allowed() RETURNS int STABLE LANGUAGE sql AS 'SELECT coalesce((SELECT value FROM highest), 1000)';
CREATE FUNCTION fits(given int) RETURNS boolean STABLE LANGUAGE plpgsql AS 'BEGIN RETURN given BETWEEN 0 AND allowed(); END';
CREATE TABLE measured (id int PRIMARY KEY, value int NOT NULL CHECK (fits(value)));
CREATE SCHEMA tools;
CREATE EXTENSION hstore SCHEMA tools;
CREATE TABLE switches (id int PRIMARY KEY, options tools.hstore NOT NULL CHECK (tools.exist(options, 'colour')));
-- Ranges of a width, within bounds and apart; shapes of so many points, in others, apart.
CREATE TABLE shelves (id int4range PRIMARY KEY CHECK (upper(id) - lower(id) = 5));
CREATE TYPE share AS RANGE (subtype = float8, multirange_type_name = shares);
CREATE TABLE stretches (
  id int PRIMARY KEY,
  part share NOT NULL CHECK (lower(part) >= 0 AND upper(part) <= 1 AND NOT isempty(part)),
  hours int4multirange NOT NULL CHECK (hours <@ int4multirange(int4range(0, 24))),
  season daterange NOT NULL CHECK (season <@ daterange('2019-03-01', '2019-11-01')),
  EXCLUDE USING gist (part WITH &&)
);
CREATE TABLE fields (
  id int PRIMARY KEY,
  gate point NOT NULL CHECK (gate <@ box '((0,0),(40,40))'),
  reach circle NOT NULL CHECK (radius(reach) BETWEEN 1 AND 5),
  fence path NOT NULL CHECK (isclosed(fence) AND npoints(fence) = 5),
  outline polygon NOT NULL CHECK (npoints(outline) = 6),
  shed box NOT NULL CHECK (height(shed) = width(shed) * 2),
  pole lseg NOT NULL CHECK (?| pole),
  CHECK (reach @> gate),
  EXCLUDE USING gist (reach WITH &&)
);
-- Places of a number, elements of a list, addresses in a list, signs beyond ASCII.
CREATE FUNCTION all_differ(anyarray) RETURNS boolean IMMUTABLE LANGUAGE sql
  AS 'SELECT count(*) = count(DISTINCT one) FROM unnest($1) one';
CREATE FUNCTION all_addresses(text[]) RETURNS boolean IMMUTABLE LANGUAGE sql
  AS $$ SELECT bool_and(one ~ '^[^@ ]+@[^@ ]+\.[a-z]{2,}$') FROM unnest($1) one $$;
CREATE TABLE ballots (
  id int PRIMARY KEY,
  fee numeric NOT NULL CHECK (scale(fee) <= 2),
  ranks int[] NOT NULL CHECK (cardinality(ranks) = 4 AND all_differ(ranks) AND 1 <= ALL (ranks) AND 6 >= ALL (ranks)),
  voters text[] NOT NULL CHECK (all_addresses(voters)),
  motto text NOT NULL CHECK (motto = normalize(motto, NFC) AND motto ~ '[^\x01-\x7f]')
);
-- A year computed from a day, and pointing at years long past; numbers in a long row, each above the one before.
CREATE TABLE years (year int PRIMARY KEY CHECK (year BETWEEN 2001 AND 2030));
CREATE TABLE receipts (
  day date NOT NULL,
  year int GENERATED ALWAYS AS (extract(year FROM day)::int) STORED REFERENCES years,
  number int NOT NULL,
  UNIQUE (year, number)
);
CREATE TABLE steps (
  id int PRIMARY KEY, a int NOT NULL, b int NOT NULL CHECK (b > a), c int NOT NULL CHECK (c > b), d int NOT NULL CHECK (d > c),
  e int NOT NULL CHECK (e > d), f int NOT NULL CHECK (f > e), g int NOT NULL CHECK (g > f), h int NOT NULL CHECK (h > g)
);
-- Unique moments, times and numbers within narrow bounds; lists of labels; one letter; two keys in order.
CREATE TABLE days_off (day date PRIMARY KEY CHECK (day BETWEEN '2024-02-01' AND '2024-02-20'));
CREATE TABLE calls (at time(0) PRIMARY KEY CHECK (at >= '08:00' AND at < '08:30'));
CREATE TABLE laps (at timestamp(0) PRIMARY KEY CHECK (at >= '2024-01-01' AND at < '2024-01-02'));
CREATE TABLE weights (weight real PRIMARY KEY CHECK (weight >= 0 AND weight <= 1));
CREATE TABLE working_days (day date PRIMARY KEY CHECK (extract(isodow FROM day) < 6 AND day > '2020-01-01'));
CREATE TYPE weekday AS ENUM ('mon', 'tue', 'wed', 'thu');
CREATE TABLE timetables (days weekday[] PRIMARY KEY CHECK (cardinality(days) BETWEEN 1 AND 4));
CREATE TABLE letters (letter "char" PRIMARY KEY);
CREATE TABLE couples (pair int[] PRIMARY KEY CHECK (cardinality(pair) = 2));
CREATE TABLE intervals (
  id int PRIMARY KEY,
  first int NOT NULL REFERENCES intervals,
  last int NOT NULL REFERENCES intervals,
  CHECK (first < last)
);
-- Texts that a document's fields are cast to; a first byte; a path that ends with its row.
CREATE TABLE messages (
  id int PRIMARY KEY,
  message jsonb NOT NULL CHECK ((message->>'at')::timestamptz IS NOT NULL AND (message->>'from')::uuid IS NOT NULL),
  head bytea NOT NULL CHECK (get_byte(head, 0) = 137 AND length(head) BETWEEN 2 AND 8)
);
CREATE TABLE folders (
  id int PRIMARY KEY,
  path text NOT NULL UNIQUE CHECK (path ~ '^(/\d+)+/$'),
  depth int NOT NULL CHECK (depth = length(path) - length(replace(path, '/', '')) - 1),
  CHECK (path LIKE '%/' || id || '/')
);
-- Slots with an hour of their own, weeks, a few days by a few numbers, patterns of two texts in one function.
CREATE TABLE sessions (
  id int PRIMARY KEY,
  starts timestamp NOT NULL CHECK (extract(hour FROM starts) >= 8),
  ends timestamp NOT NULL,
  CHECK (ends > starts AND ends - starts <= '3 hours'),
  EXCLUDE USING gist (tsrange(starts, ends) WITH &&)
);
CREATE TABLE weeks (
  kind int CHECK (kind IN (1, 2)),
  week daterange CHECK (upper(week) - lower(week) = 7 AND lower(week) >= '2025-01-01'),
  PRIMARY KEY (kind, week)
);
CREATE TABLE turns (
  day date CHECK (day BETWEEN '2025-01-01' AND '2025-01-03'),
  turn int CHECK (turn BETWEEN 1 AND 3),
  PRIMARY KEY (day, turn)
);
CREATE FUNCTION are_codes(one text, other text) RETURNS boolean IMMUTABLE
  BEGIN ATOMIC SELECT one ~ '^DE\d{20}$' AND other ~ '^X\d{20}$'; END;
CREATE TABLE transfers (id int PRIMARY KEY, source text NOT NULL, target text NOT NULL, CHECK (are_codes(source, target)));
CREATE TABLE debts (amount numeric(5,2) PRIMARY KEY CHECK (amount <= -10), since date UNIQUE CHECK (since >= '2030-01-01'));
CREATE TABLE loans (
  id int PRIMARY KEY,
  lent date NOT NULL CHECK (lent IN ('2025-01-01', '2025-02-01')),
  due date NOT NULL CHECK (due > lent AND due <= lent + 10)
);
