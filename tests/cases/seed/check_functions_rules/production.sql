-- Publishing: CHECKs through small sql and plpgsql helpers, some over several columns.
CREATE FUNCTION is_valid_slug(s text) RETURNS boolean LANGUAGE sql IMMUTABLE AS
  $$ SELECT s ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(s) BETWEEN 3 AND 50 $$;
CREATE FUNCTION is_weekday(d date) RETURNS boolean LANGUAGE sql IMMUTABLE
  RETURN extract(isodow FROM d) < 6;
CREATE FUNCTION is_even(n int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN n % 2 = 0;
END $$;
CREATE FUNCTION check_embargo(state text, embargo date, issued date) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF state = 'issued' AND issued IS NULL THEN
    RETURN false;
  END IF;
  IF embargo IS NOT NULL AND issued < embargo THEN
    RETURN false;
  END IF;
  RETURN state IN ('planned', 'issued');
END $$;
CREATE FUNCTION no_html(t text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF t LIKE '%<%' OR t LIKE '%>%' THEN
    -- raising is as good as returning false
    RAISE EXCEPTION 'markup is not allowed: %', t USING ERRCODE = 'check_violation';
  END IF;
  RETURN true;
END $$;
CREATE TABLE magazines (
  slug text PRIMARY KEY CHECK (is_valid_slug(slug)),
  title text NOT NULL CHECK (no_html(title)),
  issn char(9) NOT NULL CHECK (issn ~ '^[0-9]{4}-[0-9]{3}[0-9X]$')
);
CREATE TABLE issues (
  magazine text NOT NULL REFERENCES magazines (slug),
  no int NOT NULL CHECK (no > 0),
  state text NOT NULL,
  embargo date,
  issued date CHECK (is_weekday(issued)),
  pages int NOT NULL CHECK (is_even(pages) AND pages >= 8),
  PRIMARY KEY (magazine, no),
  CHECK (check_embargo(state, embargo, issued))
);
CREATE TABLE pieces (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  magazine text NOT NULL,
  issue_no int NOT NULL,
  slug text NOT NULL CHECK (is_valid_slug(slug)),
  from_page int NOT NULL CHECK (NOT is_even(from_page)),
  to_page int NOT NULL CHECK (is_even(to_page)),
  CHECK (from_page > 0 AND from_page < to_page),
  UNIQUE (magazine, slug),
  FOREIGN KEY (magazine, issue_no) REFERENCES issues (magazine, no)
);

-- Functions that read other tables, which have to be in before.
CREATE TABLE halls (id int PRIMARY KEY, seats int NOT NULL CHECK (seats BETWEEN 2 AND 40), open boolean NOT NULL);
CREATE FUNCTION seats_in(hall int) RETURNS int LANGUAGE sql STABLE AS 'SELECT seats FROM public.halls WHERE id = hall AND open';
CREATE TABLE gatherings (id int PRIMARY KEY, hall_id int NOT NULL REFERENCES halls, guests int NOT NULL CHECK (guests > 0), CHECK (coalesce(guests <= seats_in(hall_id), false)));
CREATE TABLE genres (code text PRIMARY KEY);
CREATE FUNCTION is_genre(wanted text) RETURNS boolean LANGUAGE plpgsql STABLE AS
$$ BEGIN RETURN EXISTS (SELECT 1 FROM public.genres WHERE code = wanted); END $$;
CREATE TABLE a_record (id int PRIMARY KEY, genre text NOT NULL CHECK (is_genre(genre)));
-- a document that a function describes by what it turns down
CREATE FUNCTION is_address(j jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF jsonb_typeof(j) <> 'object' THEN RETURN false; END IF;
    IF NOT (j ? 'street' AND j ? 'zip') THEN RETURN false; END IF;
    IF j ->> 'zip' !~ '^\d{5}$' THEN RETURN false; END IF;
    IF jsonb_typeof(j -> 'floor') IS DISTINCT FROM 'number' THEN RETURN false; END IF;
    RETURN (j ->> 'floor')::int BETWEEN 0 AND 60;
END $$;
CREATE TABLE houses (id int PRIMARY KEY, address jsonb NOT NULL CHECK (is_address(address)));
-- a function of the whole row
CREATE TABLE whole_rows (id int PRIMARY KEY, a int NOT NULL, b int NOT NULL);
CREATE FUNCTION is_fine(whole_rows) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1.a * 2 < $1.b AND $1.a > 0 $$;
ALTER TABLE whole_rows ADD CHECK (is_fine(whole_rows));
-- functions of one name
CREATE FUNCTION is_good(int) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 % 5 = 0 $$;
CREATE FUNCTION is_good(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 LIKE 'zz%' $$;
CREATE TABLE goods (a int NOT NULL CHECK (is_good(a)), b text NOT NULL CHECK (is_good(b)));

-- Helpers that take no NULL of a column that may be NULL, and a reader that has to be a role of the server.
CREATE FUNCTION is_blank(text) RETURNS boolean LANGUAGE sql AS $$ SELECT coalesce(trim($1), '') = '' $$;
CREATE FUNCTION is_role(name) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM pg_roles WHERE rolname = $1;
  RETURN FOUND;
END $$;
CREATE TABLE captions (id int PRIMARY KEY, description text CHECK (is_blank(description) IS FALSE));
CREATE TABLE languages_of_readers (
  id int PRIMARY KEY,
  reader name NOT NULL DEFAULT CURRENT_USER UNIQUE CHECK (is_role(reader) IS TRUE),
  language text NOT NULL
);
CREATE TABLE visits_of_readers (id int PRIMARY KEY, reader text NOT NULL DEFAULT CURRENT_USER CHECK (is_role(reader)));
