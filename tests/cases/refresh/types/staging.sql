CREATE TYPE state AS ENUM ('DRAFT', 'SENT');
CREATE TYPE gone AS ENUM ('x');
CREATE TYPE address AS (street text);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE letters (id int, state state DEFAULT 'DRAFT', home address, pages positive);
