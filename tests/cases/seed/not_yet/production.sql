-- What stays empty without a factory of the team's own, as docs/seeding.md says. Whoever closes one takes it out of both.
CREATE FUNCTION signed(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT right($1, 8) = left(encode(sha256(convert_to(left($1, -8), 'UTF8')), 'hex'), 8)
$$;
CREATE TABLE check_sums (code text NOT NULL CHECK (signed(code)));
CREATE TABLE halves (a text NOT NULL, b text NOT NULL, CHECK (a || '-' || b ~ '^[A-Z]{2}-[0-9]{4}$'));
CREATE TABLE patterns_of_columns (id int PRIMARY KEY, path text NOT NULL, CHECK (path ~ ('^/' || id::text || '/')));
CREATE TABLE repeated (body text NOT NULL CHECK (body ~ '^(\w+) \1$'));
