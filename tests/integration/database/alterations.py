"""Single alterations of what rich.sql and everything.sql make, each with exactly what is told of it."""

ODD = '"Odd; ""Schema"""."Ta\nble; DROP TABLE x"'

TABLES = {
    "ALTER TABLE app.scratch SET LOGGED": "changed table app.scratch",
    "ALTER TABLE app.scratch SET (fillfactor = 50)": "changed table app.scratch",
    "ALTER TABLE lib.notes SET (toast.autovacuum_enabled = false)": "changed table lib.notes",
    "ALTER TABLE app.users DISABLE ROW LEVEL SECURITY": "changed table app.users",
    "ALTER TABLE app.users FORCE ROW LEVEL SECURITY": "changed table app.users",
    "ALTER TABLE app.users REPLICA IDENTITY FULL": "changed table app.users",
    "ALTER TABLE lib.notes REPLICA IDENTITY USING INDEX notes_pkey": "changed table lib.notes",
    "ALTER TABLE lib.typed NOT OF": "changed table lib.typed",
    "CREATE TABLE lib.stacked () USING stack": "added table lib.stacked",
    "ALTER TABLE app.child NO INHERIT app.items": (
        "changed column app.child.n; changed column app.child.order_place; changed column app.child.order_user; "
        "changed table app.child"
    ),
    "ALTER TABLE app.events DETACH PARTITION app.events_2027": (
        "changed constraint app.events_2027.events_2027_pkey; changed table app.events_2027"
    ),
    "CREATE TABLE lib.parted_3 PARTITION OF lib.parted FOR VALUES FROM (30) TO (40)": (
        "added column lib.parted_3.id; added column lib.parted_3.name; "
        "added constraint lib.parted_3.parted_3_pkey; added table lib.parted_3"
    ),
    f"DROP TABLE {ODD}": (
        f'removed column {ODD}."Select"; removed column {ODD}."per%cent"; removed column {ODD}."tab\t; ""q"""; '
        f'removed constraint {ODD}."Ta\nble; DROP TABLE x_pkey"; '
        f'removed constraint {ODD}."Ta\nble; DROP TABLE x_tab\t; ""q""_check"; removed table {ODD}'
    ),
}
COLUMNS = {
    "ALTER TABLE app.users ALTER code SET NOT NULL": "changed column app.users.code",
    "ALTER TABLE app.users ALTER code TYPE char(4)": "changed column app.users.code",
    "ALTER TABLE app.users ALTER code SET DEFAULT 'x'": "changed column app.users.code",
    'ALTER TABLE app.users ALTER code TYPE char(3) COLLATE "POSIX"': "changed column app.users.code",
    "ALTER TABLE app.users ALTER number SET GENERATED ALWAYS": "changed column app.users.number",
    "ALTER TABLE app.users ALTER shouted DROP EXPRESSION": "changed column app.users.shouted",
    "ALTER TABLE app.users ALTER payload SET STORAGE EXTERNAL": "changed column app.users.payload",
    "ALTER TABLE app.users ALTER payload SET COMPRESSION pglz": "changed column app.users.payload",
    "ALTER TABLE app.users ALTER payload SET STATISTICS 7": "changed column app.users.payload",
    "ALTER TABLE app.users ALTER payload SET (n_distinct = -0.5)": "changed column app.users.payload",
    "ALTER TABLE app.users ADD added int": "added column app.users.added",
    "ALTER TABLE app.users DROP wait": "removed column app.users.wait",
    "ALTER TABLE app.orders DROP during, ADD during tstzrange NOT NULL": (
        "changed column order app.orders; removed constraint app.orders.orders_room_during_excl"
    ),
    f'ALTER TABLE {ODD} RENAME "per%cent" TO "; --"': f'added column {ODD}."; --"; removed column {ODD}."per%cent"',
    "ALTER VIEW lib.shown ALTER id SET DEFAULT 4": "added column lib.shown.id",
    "ALTER MATERIALIZED VIEW lib.counted ALTER n SET STATISTICS 7": "added column lib.counted.n",
}
CONSTRAINTS = {
    "ALTER TABLE app.users VALIDATE CONSTRAINT later": "changed constraint app.users.later",
    "ALTER TABLE app.users DROP CONSTRAINT two_columns": "removed constraint app.users.two_columns",
    "ALTER TABLE lib.notes ADD CONSTRAINT own CHECK (id > 0) NO INHERIT": "added constraint lib.notes.own",
    "ALTER TABLE lib.lines ALTER CONSTRAINT lines_note DEFERRABLE": "changed constraint lib.lines.lines_note",
    "ALTER TABLE lib.lines DROP CONSTRAINT lines_part_fkey": "removed constraint lib.lines.lines_part_fkey",
    "ALTER TABLE lib.notes DROP CONSTRAINT notes_at": (
        "removed comment table constraint notes_at on lib.notes; removed constraint lib.notes.notes_at"
    ),
    "ALTER TABLE lib.notes CLUSTER ON notes_pkey": "changed constraint lib.notes.notes_pkey",
    "ALTER INDEX lib.notes_pkey SET (fillfactor = 60)": "changed constraint lib.notes.notes_pkey",
    "ALTER TABLE app.orders DROP CONSTRAINT orders_once": "removed constraint app.orders.orders_once",
    "DROP INDEX app.users_one_boss": "removed index app.users_one_boss",
    "ALTER INDEX lib.notes_body SET (fillfactor = 70)": "changed index lib.notes_body",
    "ALTER INDEX lib.notes_body ALTER COLUMN 2 SET STATISTICS 9": "changed index lib.notes_body",
    "ALTER TABLE lib.notes CLUSTER ON notes_body": "changed index lib.notes_body",
    "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'lib.notes_body'::regclass": (
        "changed index lib.notes_body"
    ),
    "CREATE INDEX parted_name ON lib.parted (name)": (
        "added index lib.parted_1_name_idx; added index lib.parted_2_name_idx; added index lib.parted_name"
    ),
    "DROP STATISTICS app.users_stats": "removed statistics app.users_stats",
    "ALTER STATISTICS app.users_stats SET STATISTICS 9": "changed statistics app.users_stats",
    "ALTER TABLE app.users DISABLE TRIGGER touch": "changed trigger app.users.touch",
    "ALTER TABLE app.users ENABLE ALWAYS TRIGGER touch": "changed trigger app.users.touch",
    "ALTER TABLE lib.parted_1 DISABLE TRIGGER guard": "added trigger lib.parted_1.guard",
    "DROP RULE keep ON app.items": "removed rule app.items.keep",
    "ALTER TABLE app.items DISABLE RULE keep": "changed rule app.items.keep",
    "DROP POLICY own ON app.users": "removed policy app.users.own",
    "ALTER POLICY readers ON lib.notes TO PUBLIC": "changed policy lib.notes.readers",
    "ALTER POLICY readers ON lib.notes WITH CHECK (id > 3)": "changed policy lib.notes.readers",
}
TYPES = {
    "ALTER TYPE app.mood ADD VALUE 'new' BEFORE 'SAD'": "changed enum app.mood",
    "ALTER TYPE app.mood RENAME VALUE 'SAD' TO 'sad'": "changed enum app.mood",
    "ALTER DOMAIN app.work_email SET NOT NULL": "changed domain app.work_email",
    "ALTER DOMAIN lib.grade SET DEFAULT 2": "changed domain lib.grade",
    "ALTER DOMAIN lib.grade ADD CONSTRAINT high CHECK (VALUE < 9) NOT VALID": "changed domain lib.grade",
    "CREATE TYPE app.other AS RANGE (subtype = int)": "added range type app.other",
    'CREATE TYPE lib.worded AS RANGE (subtype = text, collation = "C")': "added range type lib.worded",
    "DROP TYPE lib.empty": "removed composite type lib.empty",
    "ALTER TYPE app.place ADD ATTRIBUTE zip text": "added column app.place.zip",
    "CREATE TYPE lib.shell": "added base type lib.shell",
}
ROUTINES = {
    "CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'": (
        "changed function app.touch()"
    ),
    "ALTER FUNCTION lib.guard() SET work_mem = '1MB'": "changed function lib.guard()",
    "ALTER FUNCTION lib.less STABLE": "changed function lib.less(lib.pair, lib.pair)",
    "DROP PROCEDURE app.tidy": "removed procedure app.tidy(IN days integer)",
    "DROP AGGREGATE app.longest(text)": "removed aggregate app.longest(text)",
    "CREATE OR REPLACE AGGREGATE lib.highest(int) (SFUNC = int4larger, STYPE = int, INITCOND = '0')": (
        "changed aggregate lib.highest(integer)"
    ),
    "ALTER OPERATOR lib.<<< (lib.pair, lib.pair) SET (RESTRICT = NONE)": "changed operator lib.<<<(lib.pair,lib.pair)",
    "ALTER OPERATOR FAMILY lib.pairs USING btree ADD FUNCTION 1 (int, int) btint4cmp(int, int)": (
        "changed operator family lib.pairs using btree"
    ),
    "DROP OPERATOR CLASS lib.pair_ops USING btree": (
        "removed operator class lib.pair_ops using btree; changed operator family lib.pairs using btree"
    ),
    "DROP CAST (lib.pair AS text)": (
        "removed cast lib.pair as text; removed comment cast (lib.pair AS pg_catalog.text)"
    ),
    "CREATE CAST (lib.pair AS int) WITH INOUT AS ASSIGNMENT": "added cast lib.pair as integer",
}
OTHERS = {
    "CREATE SCHEMA other": "added schema other",
    "ALTER EXTENSION citext SET SCHEMA lib": "changed extension citext",
    "CREATE EXTENSION pg_trgm": "added extension pg_trgm",
    "ALTER SEQUENCE app.shared_seq NO CYCLE": "changed sequence app.shared_seq",
    "ALTER SEQUENCE app.shared_seq OWNED BY app.items.n": "changed sequence app.shared_seq",
    "ALTER SEQUENCE app.users_number_seq INCREMENT 2": "changed sequence app.users_number_seq",
    "CREATE OR REPLACE VIEW lib.shown AS SELECT id, body FROM lib.notes": "changed view lib.shown",
    "ALTER VIEW lib.shown SET (security_barrier = false)": "changed view lib.shown",
    "ALTER MATERIALIZED VIEW lib.counted SET (fillfactor = 50)": "changed materialized view lib.counted",
    "DROP COLLATION lib.plain": "removed collation lib.plain",
    "DROP CONVERSION lib.latin": "removed conversion lib.latin",
    "DROP TRANSFORM FOR lib.pair LANGUAGE lingo": "removed transform for lib.pair language lingo",
    "DROP LANGUAGE lingo CASCADE": "removed language lingo; removed transform for lib.pair language lingo",
    "DROP ACCESS METHOD stack": "removed access method stack",
    "ALTER TEXT SEARCH CONFIGURATION lib.search DROP MAPPING FOR email": (
        "changed text search configuration lib.search"
    ),
    "ALTER TEXT SEARCH DICTIONARY lib.terms (ACCEPT = 'true')": "changed text search dictionary lib.terms",
    "DROP TEXT SEARCH PARSER lib.words": "removed text search parser lib.words",
    "DROP TEXT SEARCH TEMPLATE lib.plainly": "removed text search template lib.plainly",
    "ALTER PUBLICATION feed SET (publish = 'insert')": "changed publication feed",
    "ALTER SERVER far OPTIONS (ADD port '5433')": "changed foreign server far",
    "DROP USER MAPPING FOR PUBLIC SERVER far": "removed user mapping for public server far",
    "ALTER FOREIGN TABLE lib.away ADD more text": "changed foreign table lib.away",
    "ALTER EVENT TRIGGER watch ENABLE": "changed event trigger watch",
    "CREATE FOREIGN DATA WRAPPER nothing": "added foreign data wrapper nothing",
}
COMMENTS = {
    "COMMENT ON COLUMN app.users.email IS 'other'": "changed comment app.users.email",
    "COMMENT ON TABLE app.users IS NULL": "removed comment app.users",
    "COMMENT ON SCHEMA lib IS NULL": "removed comment schema lib",
    "COMMENT ON INDEX lib.notes_body IS 'Found by it.'": "added comment lib.notes_body",
    "COMMENT ON CONSTRAINT notes_at ON lib.notes IS 'x'": "changed comment table constraint notes_at on lib.notes",
    "COMMENT ON TRIGGER guard ON lib.notes IS NULL": "removed comment trigger guard on lib.notes",
    "COMMENT ON POLICY readers ON lib.notes IS NULL": "removed comment policy readers on lib.notes",
    "COMMENT ON RULE quiet ON lib.notes IS NULL": "removed comment rule quiet on lib.notes",
    "COMMENT ON FUNCTION lib.guard() IS NULL": "removed comment function lib.guard()",
    "COMMENT ON TYPE lib.pair IS 'x'": "changed comment type lib.pair",
    "COMMENT ON DOMAIN lib.grade IS 'x'": "added comment type lib.grade",
    "COMMENT ON CONSTRAINT low ON DOMAIN lib.grade IS 'x'": "added comment domain constraint low on lib.grade",
    "COMMENT ON SEQUENCE app.shared_seq IS 'x'": "added comment app.shared_seq",
    "COMMENT ON STATISTICS app.users_stats IS 'x'": "added comment statistics object app.users_stats",
    "COMMENT ON OPERATOR lib.<<< (lib.pair, lib.pair) IS 'x'": "added comment operator lib.<<<(lib.pair,lib.pair)",
}
SINCE_17 = {
    "ALTER TABLE app.users ALTER shouted SET EXPRESSION AS (lower(first_name))": "changed column app.users.shouted",
}
SINCE_18 = {
    "ALTER TABLE lib.lines ALTER CONSTRAINT lines_note NOT ENFORCED": "changed constraint lib.lines.lines_note",
    "ALTER TABLE lib.notes ADD CONSTRAINT wish CHECK (id > 5) NOT ENFORCED": "added constraint lib.notes.wish",
    "ALTER TABLE lib.lines ADD CONSTRAINT there NOT NULL n NOT VALID": (
        "changed column lib.lines.n; added constraint lib.lines.there"
    ),
    "ALTER TABLE lib.notes RENAME CONSTRAINT notes_at_not_null TO given": "added not null name lib.notes.at",
    "ALTER TABLE lib.notes ADD twice int GENERATED ALWAYS AS (id * 2)": "added column lib.notes.twice",
}
ALTERATIONS = TABLES | COLUMNS | CONSTRAINTS | TYPES | ROUTINES | OTHERS | COMMENTS


def alterations(major: int) -> dict[str, str]:
    """Those that this version of PostgreSQL knows: statement and what is told."""
    return ALTERATIONS | (SINCE_17 if major >= 17 else {}) | (SINCE_18 if major >= 18 else {})
