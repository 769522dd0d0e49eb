DROP SCHEMA public;
CREATE SCHEMA public;
COMMENT ON SCHEMA public IS 'Made again.';
CREATE SCHEMA "x SCHEMA - public y";
CREATE TABLE users (id int, name text);
CREATE TABLE "x SCHEMA - public y".users (id int);
