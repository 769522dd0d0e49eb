-- What rich.sql lacks of the kinds of object that a schema may hold: with it, one of each that PostgreSQL 15 knows.
CREATE EXTENSION citext;
CREATE EXTENSION postgres_fdw;
CREATE SCHEMA lib;
COMMENT ON SCHEMA lib IS 'What the application''s own types need.';

CREATE COLLATION lib.plain (provider = libc, locale = 'C');
CREATE CONVERSION lib.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE TYPE lib.pair AS (one int, two int);
CREATE TYPE lib.empty AS ();
CREATE DOMAIN lib.grade AS int DEFAULT 1 CONSTRAINT low CHECK (VALUE > 0);
CREATE FUNCTION lib.pair_text(lib.pair) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).one::text';
CREATE CAST (lib.pair AS text) WITH FUNCTION lib.pair_text(lib.pair);
CREATE FUNCTION lib.less(lib.pair, lib.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT ($1).one < ($2).one';
CREATE FUNCTION lib.compared(lib.pair, lib.pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT ($1).one - ($2).one';
CREATE OPERATOR lib.<<< (FUNCTION = lib.less, LEFTARG = lib.pair, RIGHTARG = lib.pair, RESTRICT = scalarltsel);
CREATE OPERATOR FAMILY lib.pairs USING btree;
CREATE OPERATOR CLASS lib.pair_ops FOR TYPE lib.pair USING btree FAMILY lib.pairs AS
    OPERATOR 1 lib.<<<, FUNCTION 1 lib.compared(lib.pair, lib.pair);
CREATE FUNCTION lib.trim_pair(internal) RETURNS internal LANGUAGE internal STRICT IMMUTABLE AS 'boolin';
CREATE FUNCTION lib.lingo() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE TRUSTED LANGUAGE lingo HANDLER lib.lingo;
CREATE TRANSFORM FOR lib.pair LANGUAGE lingo (FROM SQL WITH FUNCTION lib.trim_pair(internal));
CREATE ACCESS METHOD stack TYPE TABLE HANDLER heap_tableam_handler;
CREATE TEXT SEARCH PARSER lib.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE TEXT SEARCH TEMPLATE lib.plainly (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE TEXT SEARCH DICTIONARY lib.terms (TEMPLATE = pg_catalog.simple, ACCEPT = 'false');
CREATE TEXT SEARCH CONFIGURATION lib.search (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION lib.search ADD MAPPING FOR asciiword, email WITH lib.terms, pg_catalog.simple;
CREATE AGGREGATE lib.highest(int) (SFUNC = int4larger, STYPE = int, SORTOP = >, PARALLEL = safe);

CREATE TABLE lib.notes (
    id int PRIMARY KEY,
    body text CHECK (body <> ''),
    grade lib.grade,
    at timestamp NOT NULL DEFAULT now(),
    CONSTRAINT notes_at UNIQUE (at) DEFERRABLE
);
CREATE INDEX notes_body ON lib.notes (body, lower(body)) WITH (fillfactor = 80);
CREATE FUNCTION lib.guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER guard BEFORE INSERT ON lib.notes FOR EACH ROW EXECUTE FUNCTION lib.guard();
CREATE POLICY readers ON lib.notes AS RESTRICTIVE FOR UPDATE TO pg_monitor USING (id > 1) WITH CHECK (id > 2);
CREATE RULE quiet AS ON UPDATE TO lib.notes WHERE OLD.id = 1 DO INSTEAD NOTHING;
CREATE VIEW lib.shown WITH (security_barrier = true) AS SELECT id, body FROM lib.notes WHERE id > 0 WITH LOCAL CHECK OPTION;
CREATE MATERIALIZED VIEW lib.counted AS SELECT grade, count(*) AS n FROM lib.notes GROUP BY grade;
CREATE TABLE lib.parted (id int NOT NULL, name text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE TABLE lib.parted_1 PARTITION OF lib.parted FOR VALUES FROM (0) TO (10);
CREATE TABLE lib.parted_2 PARTITION OF lib.parted FOR VALUES FROM (10) TO (20);
CREATE TABLE lib.lines (note int CONSTRAINT lines_note REFERENCES lib.notes, part int REFERENCES lib.parted, n int);
CREATE TRIGGER guard AFTER INSERT ON lib.parted FOR EACH ROW EXECUTE FUNCTION lib.guard();
CREATE TABLE lib.typed OF lib.pair;

COMMENT ON CONSTRAINT notes_at ON lib.notes IS 'One at a time.';
COMMENT ON TRIGGER guard ON lib.notes IS 'Watches.';
COMMENT ON POLICY readers ON lib.notes IS 'Theirs.';
COMMENT ON RULE quiet ON lib.notes IS 'Hush.';
COMMENT ON FUNCTION lib.guard() IS 'Lets all pass.';
COMMENT ON TYPE lib.pair IS 'Two numbers.';
COMMENT ON CAST (lib.pair AS text) IS 'The first of them.';

CREATE PUBLICATION feed FOR TABLE lib.notes;
CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.test');
CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (password 'canary-password');
CREATE FOREIGN TABLE lib.away (id int) SERVER far;
CREATE FUNCTION lib.watched() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
CREATE EVENT TRIGGER watch ON ddl_command_end WHEN TAG IN ('CREATE AGGREGATE') EXECUTE FUNCTION lib.watched();
ALTER EVENT TRIGGER watch DISABLE;
