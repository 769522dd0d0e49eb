-- Regular expressions, lengths and cases, unique and not.
CREATE TABLE codes (
    id serial PRIMARY KEY,
    iata char(3) NOT NULL UNIQUE CHECK (iata ~ '^[A-Z]{3}$'),
    hex text NOT NULL UNIQUE CHECK (hex ~ '^[0-9a-f]{64}$'),
    slug text NOT NULL UNIQUE CHECK (slug = lower(slug) AND slug !~ '\s'),
    phone text CHECK (phone ~ '^\+[1-9][0-9]{7,14}$'),
    pin varchar(4) CHECK (length(pin) = 4),
    mail text NOT NULL CHECK (mail LIKE '%@%.%'),
    semver text NOT NULL CHECK (semver ~ '^\d+\.\d+\.\d+$'),
    colour text CHECK (colour ~* '^#[0-9a-f]{6}$'),
    trimmed text NOT NULL CHECK (btrim(trimmed) = trimmed AND length(trimmed) BETWEEN 3 AND 20),
    upper_code varchar(8) NOT NULL UNIQUE CHECK (upper_code = upper(upper_code)),
    serial_no text UNIQUE CHECK (serial_no ~ '^(SN|PN)-[0-9]{6}$')
);
CREATE TABLE puzzles (
    id int PRIMARY KEY,
    looked_ahead text NOT NULL CHECK (looked_ahead ~ '^(?=.*[0-9])(?=.*[a-z])[a-z0-9]{8,12}$'),
    alike text NOT NULL CHECK (alike SIMILAR TO '(AB|CD)[0-9]+'),
    any_of text NOT NULL UNIQUE CHECK (any_of LIKE ANY (ARRAY['foo-%', 'bar_%'])),
    both_ends text NOT NULL UNIQUE CHECK (left(both_ends, 2) = 'AB' AND right(both_ends, 1) = 'Z'),
    second_part text NOT NULL CHECK (split_part(second_part, ':', 2) = 'v1'),
    commas text NOT NULL CHECK (regexp_count(commas, ',') = 2)
);
-- a part that comes again, words that others stand beside, another escape sign
CREATE TABLE repeated (
    body text NOT NULL CHECK (body ~ '^(\w+) \1$'),
    cited text NOT NULL CHECK (cited ~ '^([''"]).{3,10}\1$'),
    word text NOT NULL CHECK (word ~ '\mfoo\M'),
    share text NOT NULL CHECK (share LIKE '100!%%' ESCAPE '!'),
    host text NOT NULL CHECK (host ~ '^[\w.+-]+@[\w-]+\.[\w.]+$' AND host LIKE '%.example'),
    address text NOT NULL CHECK (address ~ '^(\d{1,3}\.){3}\d{1,3}$' AND address::inet << '10.0.0.0/8')
);
-- one pattern over two columns
CREATE TABLE halves (a text NOT NULL, b text NOT NULL, CHECK (a || '-' || b ~ '^[A-Z]{2}-[0-9]{4}$'));
CREATE TABLE lines (area text NOT NULL, number text NOT NULL, CHECK (length(area) + length(number) = 10), CHECK (concat(area, number) ~ '^[0-9]+$'));
-- a text with another column in it
CREATE TABLE paths (
    id int PRIMARY KEY,
    code text NOT NULL UNIQUE CHECK (code = 'N-' || id::text),
    key text NOT NULL CHECK (key LIKE id || ':%'),
    path text NOT NULL CHECK (path ~ ('^/' || id::text || '/'))
);
CREATE TABLE versions (version text NOT NULL UNIQUE CHECK (version ~ '^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$'), row char(1) NOT NULL UNIQUE CHECK (row BETWEEN 'A' AND 'L'));
