-- Creates the ledger: which plan the database is being filled by, and a line for each chunk of rows that is in. Lines of unlogged
-- tables are unlogged too, so that a server that crashed has emptied table and lines together.
CREATE SCHEMA greenroom_ledger;
CREATE TABLE greenroom_ledger.plan (digest text PRIMARY KEY, anchor timestamptz NOT NULL, pickled bytea);
CREATE TABLE greenroom_ledger.lines (
    unlogged boolean, schema_name text, table_name text, first bigint, past bigint,
    PRIMARY KEY (schema_name, table_name, first, unlogged)
) PARTITION BY LIST (unlogged);
CREATE TABLE greenroom_ledger.lines_logged PARTITION OF greenroom_ledger.lines FOR VALUES IN (false);
CREATE UNLOGGED TABLE greenroom_ledger.lines_unlogged PARTITION OF greenroom_ledger.lines FOR VALUES IN (true);
