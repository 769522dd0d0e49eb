-- Import staging: names that try to break out of quoting or formatting.
CREATE SCHEMA "sch""ema";
CREATE TABLE y (id int PRIMARY KEY);
CREATE TABLE "x""; drop table y" (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "col"";--" text NOT NULL,
  "y'); DROP TABLE y; --" int NOT NULL REFERENCES y (id)
);
CREATE TYPE "sch""ema"."en'um" AS ENUM ('it''s', 'say "hi"', 'back\slash', '{curly}', 'a,b', 'null', 'NULL');
CREATE TABLE "sch""ema"."%s {0} $1 :name ?" (
  "%s" text NOT NULL,
  "{x}" int NOT NULL CHECK ("{x}" > 0),
  "%(name)s" "sch""ema"."en'um" NOT NULL,
  "$1" "sch""ema"."en'um"[] NOT NULL DEFAULT '{}',
  ":param" int REFERENCES "x""; drop table y" (id),
  "back\slash" text UNIQUE,
  PRIMARY KEY ("%s", "{x}")
);
CREATE TABLE "two
lines" (
  "tab	inside" int PRIMARY KEY,
  "/* comment */" text NOT NULL CHECK ("/* comment */" <> '''; select 1; --'),
  "-- dashes" text
);
CREATE TABLE "../../etc/passwd" (
  "a/b" int NOT NULL,
  "<b>bold</b>" text NOT NULL,
  "tableoid " oid,
  FOREIGN KEY ("a/b") REFERENCES "two
lines" ("tab	inside")
);
CREATE TABLE "$$" ("$body$" text NOT NULL DEFAULT '$$', "E'\n'" text NOT NULL CHECK ("E'\n'" LIKE '100\%%'));
