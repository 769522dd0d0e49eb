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
CREATE TABLE reachable (
    id int PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('email', 'phone', 'url')),
    value text NOT NULL,
    UNIQUE (kind, value),
    CHECK (CASE kind WHEN 'email' THEN value ~ '^[^@\s]+@[^@\s]+\.[a-z]{2,}$'
                     WHEN 'phone' THEN value ~ '^\+\d{7,15}$' ELSE value ~ '^https?://' END)
);
CREATE TABLE paper (
    id int PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('pass', 'card')),
    number varchar(12) NOT NULL UNIQUE,
    country char(2),
    CHECK (length(number) >= 5),
    CHECK ((kind = 'pass' AND number LIKE 'P-%' AND country IS NOT NULL) OR (kind = 'card' AND number LIKE 'C-%'))
);
CREATE TABLE duel (
    id int PRIMARY KEY,
    red int NOT NULL REFERENCES lane,
    blue int NOT NULL REFERENCES lane,
    judge int NOT NULL REFERENCES lane,
    winner int,
    praised bigint,
    named text,
    loser int REFERENCES lane,
    CHECK (red <> blue),
    CHECK (winner IN (red, blue)),
    CHECK (praised IN (red, blue)),
    CHECK (named IN (red::text, blue::text)),
    CHECK (loser IS NULL OR loser = red OR loser = blue)
);
CREATE TABLE bill (
    id int PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('open', 'paid', 'refunded')),
    total numeric(8, 2) NOT NULL CHECK (total > 0),
    refund numeric(8, 2),
    CHECK ((state = 'refunded' AND refund BETWEEN 0.01 AND total) OR (state <> 'refunded' AND refund IS NULL))
);
CREATE TABLE tagged (
    id int PRIMARY KEY,
    marks text[] NOT NULL CHECK ('kept' = ANY (marks)),
    either text[] CHECK (either && ARRAY['p', 'q']),
    share numrange CHECK (share <@ numrange(0, 1)),
    first text NOT NULL,
    short text NOT NULL CHECK (lower(short) = lower(first))
);
CREATE TABLE lane_sign (
    id int PRIMARY KEY,
    lane_id int NOT NULL REFERENCES lane,
    is_main boolean NOT NULL,
    checked_at timestamptz,
    newest boolean NOT NULL,
    CHECK (NOT is_main OR checked_at IS NOT NULL)
);
CREATE UNIQUE INDEX ON lane_sign (lane_id) WHERE is_main;
CREATE UNIQUE INDEX ON lane_sign (newest) WHERE newest;
CREATE TABLE plot (
    id int PRIMARY KEY,
    outline polygon NOT NULL CHECK (npoints(outline) >= 4),
    fence lseg NOT NULL CHECK (length(fence) > 20),
    notes text NOT NULL CHECK (notes::jsonb ? 'soil')
);
CREATE TABLE payment (
    id int PRIMARY KEY,
    method text NOT NULL CHECK (method IN ('voucher', 'card')),
    voucher text,
    last_digits text,
    CHECK (method <> 'voucher' OR (voucher ~ '^V-[0-9]{6}$' AND last_digits IS NULL)),
    CHECK (method <> 'card' OR (last_digits ~ '^[0-9]{4}$' AND voucher IS NULL))
);
CREATE UNIQUE INDEX ON payment (voucher) WHERE method = 'voucher';
