-- Mixed case, reserved words, other schemas, percent signs and braces, no primary key, triggers that raise.
CREATE SCHEMA "Sales Data";
CREATE TABLE "Sales Data"."Order" (id serial PRIMARY KEY, "user" text NOT NULL, "camelCase" int, "select" boolean, "50%" numeric(4,1) CHECK ("50%" <= 50), "{x}" text CHECK ("{x}" <> '{}' AND "{x}" NOT LIKE '%z%'));
CREATE TABLE public."group" (id int PRIMARY KEY, "order" int NOT NULL REFERENCES "Sales Data"."Order", "createdAt" timestamp NOT NULL, "updatedAt" timestamp NOT NULL, CHECK ("updatedAt" >= "createdAt"));
CREATE TABLE bare (note text, n int);
CREATE TABLE empty_columns ();
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no rows by hand''; END';
CREATE TRIGGER refuse BEFORE INSERT ON bare FOR EACH ROW EXECUTE FUNCTION refuse();
CREATE TABLE "; drop table bare" ("; drop" int);
