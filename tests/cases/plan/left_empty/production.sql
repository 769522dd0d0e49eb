-- Tables that cannot be filled, or with one row alone, each for another reason, and names that Python would not take.
CREATE TABLE impossible (id integer PRIMARY KEY, CONSTRAINT never CHECK (false));
CREATE TABLE waiting (id integer PRIMARY KEY, impossible_id integer NOT NULL REFERENCES impossible);
CREATE FUNCTION signed(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE hash text := encode(sha256(convert_to(left($1, -8), 'UTF8')), 'hex');
BEGIN RETURN right($1, 8) = left(hash, 8); END
$$;
CREATE TABLE vouchers (code text PRIMARY KEY CHECK (signed(code)), note text CONSTRAINT "note's ""own""" CHECK (signed(note)));
CREATE TABLE "drop table; --" ("class" text NOT NULL, "unit price" text NOT NULL, CHECK (signed("class" || "unit price")));
CREATE TABLE zones (id integer PRIMARY KEY, area circle NOT NULL, EXCLUDE USING gist (area WITH &&));
