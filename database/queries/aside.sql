-- Creates the table of the rows that were set aside, in the database of its own beside staging, if it is not there; and the
-- list of those runs of which it is not known yet whether they were promoted.
CREATE SCHEMA IF NOT EXISTS greenroom;
CREATE TABLE IF NOT EXISTS greenroom.set_aside (
    run text NOT NULL, set_aside_at timestamptz NOT NULL DEFAULT now(), schema_name text NOT NULL, table_name text NOT NULL,
    reason text NOT NULL, constraint_name text, row jsonb NOT NULL
);
CREATE TABLE IF NOT EXISTS greenroom.under_way (run text PRIMARY KEY);
