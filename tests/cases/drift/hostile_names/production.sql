CREATE SCHEMA "Odd; ""Schema""";
CREATE TABLE "Odd; ""Schema"""."two
lines; DROP TABLE x" ("a, b" int PRIMARY KEY, c int, "d"", e" text);
COMMENT ON COLUMN "Odd; ""Schema"""."two
lines; DROP TABLE x"."d"", e" IS E'It''s\n"here"; --';
CREATE FUNCTION "Odd; ""Schema"""."do; it"("an ""arg" text) RETURNS text LANGUAGE sql AS $$SELECT '; DROP'$$;
CREATE TYPE "Ty pe" AS ENUM ('a; b', 'it''s', E'new\nline');
