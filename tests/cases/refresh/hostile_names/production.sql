CREATE TABLE "select" (id int, "order; --" text);
CREATE SCHEMA "Odd; ""Schema"" %s";
CREATE TYPE "Odd; ""Schema"" %s"."Ty pe" AS ENUM ('a"b', 'c;d', '');
CREATE TABLE "Odd; ""Schema"" %s"."two
lines; DROP TABLE users" (
    "I""d" serial PRIMARY KEY,
    "per%cent %s" "Odd; ""Schema"" %s"."Ty pe" DEFAULT 'a"b' CHECK ("per%cent %s" <> 'c;d'),
    "$$; quote's" text,
    "tab	" int
);
CREATE TABLE "Odd; ""Schema"" %s"."9; 6100 1 SUBSCRIPTION - spy" (id int REFERENCES "Odd; ""Schema"" %s"."two
lines; DROP TABLE users");
CREATE TABLE "Odd; ""Schema"" %s"."cut 9; 1259 1 TABLE" (id int);
CREATE TABLE "TABLE DATA" (id int);
CREATE TABLE "ACL" (id int);
COMMENT ON TABLE "ACL" IS 'A table''s, not a privilege''s.';
CREATE TABLE "SERVER" ("PUBLICATION" int);
COMMENT ON COLUMN "SERVER"."PUBLICATION" IS 'A column''s.';
CREATE TABLE "Ünïcode — 表" ("naïve" text);
CREATE INDEX "Ind;ex ""x""" ON "Ünïcode — 表" (lower("naïve"));
CREATE FUNCTION "do; it"("an ""arg" text) RETURNS text LANGUAGE sql AS 'SELECT ''; -- $1'' || $1';
