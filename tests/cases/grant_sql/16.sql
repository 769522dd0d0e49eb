-- PostgreSQL 16 lets pg_dump lock a table only with SELECT on it, so this role CAN read rows,
-- and Greenroom refuses it unless readable-production is allowed by name. Better: upgrade to 17 or later.
BEGIN;
CREATE ROLE "greenroom" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 5;
ALTER ROLE "greenroom" SET default_transaction_read_only = on;
ALTER ROLE "greenroom" SET lock_timeout = '10s';
ALTER ROLE "greenroom" SET statement_timeout = '120s';
GRANT CONNECT ON DATABASE "shop" TO "greenroom";
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO "greenroom";
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "greenroom";
GRANT USAGE ON SCHEMA "public" TO "greenroom";
GRANT SELECT ON ALL TABLES IN SCHEMA "public" TO "greenroom";
GRANT USAGE ON SCHEMA "Odd ""Schema""" TO "greenroom";
GRANT SELECT ON ALL TABLES IN SCHEMA "Odd ""Schema""" TO "greenroom";
COMMIT;
-- Run the default privileges again as every role that creates tables or schemas.
-- Set a password where nobody else sees it: \password "greenroom"
