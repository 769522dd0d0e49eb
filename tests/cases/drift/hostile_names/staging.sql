CREATE SCHEMA "Odd; ""Schema""";
CREATE TABLE "Odd; ""Schema"""."two
lines; DROP TABLE x" ("d"", e" text, "a, b" int PRIMARY KEY, c int);
CREATE FUNCTION "Odd; ""Schema"""."do; it"("an ""arg" text) RETURNS text LANGUAGE sql AS $$SELECT '; SELECT'$$;
CREATE TYPE "Ty pe" AS ENUM ('a; b', 'it''s');
