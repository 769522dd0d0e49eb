-- Database fleet monitor: uuid, oid, reg*, name, "char", pg_lsn, xid8, tid, txid_snapshot, jsonpath.
CREATE TABLE clusters (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  system_id numeric(20,0) NOT NULL UNIQUE CHECK (system_id > 0),
  host_name name NOT NULL UNIQUE,
  role "char" NOT NULL CHECK (role IN ('p', 's')),
  start_lsn pg_lsn NOT NULL,
  flush_lsn pg_lsn NOT NULL,
  CHECK (flush_lsn >= start_lsn)
);
CREATE TABLE relations (
  cluster_id uuid NOT NULL REFERENCES clusters (id),
  relid oid NOT NULL CHECK (relid > 16383::oid),
  relname name NOT NULL,
  relkind "char" NOT NULL DEFAULT 'r',
  type_of regtype NOT NULL DEFAULT 'integer',
  watch regclass NOT NULL DEFAULT 'pg_class',
  handler regproc,
  signature regprocedure,
  operator regoperator,
  config regconfig,
  schema_of regnamespace NOT NULL DEFAULT 'public',
  PRIMARY KEY (cluster_id, relid)
);
CREATE TABLE snapshots (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cluster_id uuid NOT NULL REFERENCES clusters (id),
  seen pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
  next_xid xid8 NOT NULL,
  old_xid xid NOT NULL,
  command cid,
  row_pointer tid NOT NULL,
  relids oidvector NOT NULL,
  keys int2vector NOT NULL
);
CREATE TABLE slots (
  slot_name name PRIMARY KEY CHECK (slot_name::text ~ '^[a-z0-9_]{1,63}$'),
  plugin name NOT NULL,
  restart_lsn pg_lsn,
  owner_role regrole,
  acl_text aclitem[],
  sort_rule regcollation
);
CREATE TYPE shelf_mark;
CREATE FUNCTION shelf_mark_in(cstring) RETURNS shelf_mark LANGUAGE internal IMMUTABLE STRICT AS 'date_in';
CREATE FUNCTION shelf_mark_out(shelf_mark) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'date_out';
CREATE TYPE shelf_mark (INPUT = shelf_mark_in, OUTPUT = shelf_mark_out, LIKE = date);
CREATE TABLE of_a_type_of_its_own (id int PRIMARY KEY, mark shelf_mark NOT NULL, reading refcursor NOT NULL, born date NOT NULL CHECK (extract(year FROM age(born)) BETWEEN 18 AND 65));
-- shapes of which a CHECK wants others than the usual ones
CREATE TABLE discs (disc circle NOT NULL CHECK (radius(disc) > 1), EXCLUDE USING gist (disc WITH &&));
CREATE TABLE rings (ring path NOT NULL CHECK (isclosed(ring)));
CREATE TABLE searches (vector tsvector NOT NULL CHECK (length(vector) > 1), query tsquery NOT NULL CHECK (numnode(query) >= 3));
