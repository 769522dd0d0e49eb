-- Numbers with a check digit, which only the schema's own function knows: one in ten of card numbers, one in 97 of accounts.
CREATE FUNCTION luhn_ok(digits text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT digits ~ '^\d+$' AND sum(CASE WHEN i % 2 = 0 THEN (d * 2) / 10 + (d * 2) % 10 ELSE d END) % 10 = 0
    FROM (SELECT i, substr(reverse(digits), i, 1)::int AS d FROM generate_series(1, length(digits)) AS i) AS s
$$;
CREATE FUNCTION remainder_97(text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT mod(translate($1, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '12345678901234567890123456')::numeric, 97)::integer
$$;
CREATE DOMAIN account AS text CHECK (VALUE ~ '^[A-Z]{2}[0-9]{12}$');
CREATE TABLE gift_cards (
    id serial PRIMARY KEY,
    code char(16) NOT NULL UNIQUE CHECK (luhn_ok(code::text) AND length(code) = 16),
    pin text NOT NULL CHECK (luhn_ok(pin) AND length(pin) = 6)
);
CREATE TABLE accounts (number account PRIMARY KEY CHECK (remainder_97(number) = 1));
CREATE TABLE files (id serial PRIMARY KEY, sha256 bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32));
-- a check sum that no trying finds, and signs that stand at certain places
CREATE FUNCTION signed(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT right($1, 8) = left(encode(sha256(convert_to(left($1, -8), 'UTF8')), 'hex'), 8)
$$;
CREATE TABLE tickets (code text NOT NULL CHECK (signed(code)));
CREATE FUNCTION good_sku(s text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF length(s) <> 9 THEN RETURN false; END IF;
    IF substr(s, 4, 1) <> '-' THEN RETURN false; END IF;
    RETURN substr(s, 1, 3) = upper(substr(s, 1, 3)) AND substr(s, 5) ~ '^\d+$' AND left(s, 1) IN ('K', 'L');
END $$;
CREATE TABLE skus (sku text PRIMARY KEY CHECK (good_sku(sku)));
