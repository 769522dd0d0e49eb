-- Types that are rarely unique, unique.
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TABLE a (x date UNIQUE, y timestamptz UNIQUE, z numeric(4,1) UNIQUE, v inet UNIQUE, w bytea UNIQUE);
CREATE TABLE b (x size UNIQUE NOT NULL, y boolean NOT NULL);
CREATE TABLE c (x text[] UNIQUE NOT NULL, y int4range UNIQUE, z jsonb UNIQUE, m macaddr UNIQUE, t time UNIQUE);
CREATE TABLE d (x int, y int, UNIQUE NULLS NOT DISTINCT (x, y));
CREATE TABLE e (at timestamptz NOT NULL, kind size NOT NULL);
CREATE UNIQUE INDEX ON e (date_trunc('day', at AT TIME ZONE 'UTC'), kind);
CREATE TABLE f (a text, b text, c text);
CREATE UNIQUE INDEX ON f (lower(a), coalesce(b, ''));
CREATE UNIQUE INDEX ON f ((c || 'x')) WHERE c IS NOT NULL;
CREATE TABLE g (status text NOT NULL CHECK (status IN ('open', 'closed')), owner int NOT NULL);
CREATE UNIQUE INDEX one_open ON g (owner) WHERE status = 'open';
