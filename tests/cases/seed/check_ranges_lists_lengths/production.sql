-- Hotel: numeric and date ranges, value lists in every spelling, text lengths.
CREATE TABLE hotels (
  id smallint PRIMARY KEY CHECK (id > 0),
  name varchar(60) NOT NULL CHECK (char_length(name) BETWEEN 2 AND 60),
  stars smallint NOT NULL CHECK (stars IN (1, 2, 3, 4, 5)),
  lat double precision NOT NULL CHECK (lat >= -90 AND lat <= 90),
  lon double precision NOT NULL CHECK (lon > -180 AND lon <= 180),
  opened date NOT NULL CHECK (opened BETWEEN '1850-01-01' AND '2025-12-31')
);
CREATE TABLE room_types (
  hotel_id smallint NOT NULL REFERENCES hotels (id),
  code text NOT NULL CHECK (code = ANY ('{SGL,DBL,TWN,STE}'::text[])),
  beds int NOT NULL CHECK (beds = 1 OR beds = 2 OR beds = 4),
  rack_rate numeric(8,2) NOT NULL CHECK (rack_rate > 0 AND rack_rate < 10000),
  discount real NOT NULL DEFAULT 0 CHECK (discount >= 0 AND discount < 1),
  PRIMARY KEY (hotel_id, code)
);
CREATE TABLE stays (
  id bigint PRIMARY KEY CHECK (id BETWEEN 1000000 AND 9999999),
  hotel_id smallint NOT NULL,
  type_code text NOT NULL,
  board text NOT NULL CHECK (upper(board) IN ('RO', 'BB', 'HB', 'FB')),
  guests smallint NOT NULL CHECK (guests >= 1) CHECK (guests <= 6) CHECK (guests <> 5),
  nights int NOT NULL CHECK (nights % 7 = 0 AND nights BETWEEN 7 AND 28),
  arrival timestamptz NOT NULL CHECK (arrival >= '2024-01-01 00:00:00+00' AND arrival < '2027-01-01 00:00:00+00'),
  check_in time NOT NULL DEFAULT '15:00' CHECK (check_in BETWEEN '14:00' AND '22:00'),
  FOREIGN KEY (hotel_id, type_code) REFERENCES room_types (hotel_id, code)
);
CREATE TABLE reviews (
  stay_id bigint PRIMARY KEY REFERENCES stays (id),
  score numeric(2,1) NOT NULL CHECK (score BETWEEN 1 AND 5 AND score * 2 = trunc(score * 2)),
  headline text NOT NULL CHECK (length(trim(headline)) > 0 AND length(headline) <= 80),
  body text CHECK (char_length(body) >= 40),
  language char(2) NOT NULL CHECK (language NOT IN ('xx', 'zz') AND language = lower(language)),
  mood text NOT NULL CHECK (mood NOT LIKE '%angry%' AND octet_length(mood) < 16)
);
-- each more than the one before it: parts of parts would soon be nothing
CREATE TABLE steps (
  a int NOT NULL CHECK (a > 1), b int NOT NULL CHECK (b > 2), c int NOT NULL CHECK (c > 3), d int NOT NULL CHECK (d > 4), e numeric(8,2) NOT NULL,
  CHECK (b > a), CHECK (c > b), CHECK (d > c), CHECK (e > d)
);
