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
