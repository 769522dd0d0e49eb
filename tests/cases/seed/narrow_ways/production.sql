-- What left tables empty or with a handful of rows, and columns with one value for all of them, although many were possible.
CREATE EXTENSION btree_gist;

CREATE TABLE lane (id int PRIMARY KEY);
CREATE TABLE lap (
    id int PRIMARY KEY,
    lane_id int NOT NULL REFERENCES lane,
    span int4range NOT NULL CHECK (lower(span) > 0 AND upper(span) - lower(span) >= 20),
    EXCLUDE USING gist (lane_id WITH =, span WITH &&)
);
CREATE TABLE repair (
    id int PRIMARY KEY,
    lane_id int NOT NULL REFERENCES lane,
    begun timestamptz NOT NULL,
    done timestamptz NOT NULL,
    CHECK (done - begun BETWEEN interval '3 hours' AND interval '5 hours'),
    EXCLUDE USING gist (lane_id WITH =, tstzrange(begun, done) WITH &&)
);
CREATE TABLE closed (
    id int PRIMARY KEY,
    days daterange NOT NULL CHECK (upper(days) - lower(days) BETWEEN 1 AND 3),
    season daterange NOT NULL CHECK (upper(season) - lower(season) = 90),
    valid tstzrange NOT NULL CHECK (upper_inf(valid) AND NOT lower_inf(valid)),
    EXCLUDE USING gist (days WITH &&)
);
CREATE TABLE folder (
    id int PRIMARY KEY,
    path text NOT NULL UNIQUE CHECK (path ~ '^/([a-z0-9_]+/)*$'),
    token text NOT NULL CHECK (starts_with(token, 'fld_')),
    growl text NOT NULL CHECK (growl ~ '^gr+!?$'),
    made_on text NOT NULL CHECK (to_char(to_date(made_on, 'YYYYMMDD'), 'YYYYMMDD') = made_on),
    salt bytea NOT NULL CHECK (length(salt) BETWEEN 1 AND 4)
);
CREATE TABLE grade (sign "char" PRIMARY KEY);
