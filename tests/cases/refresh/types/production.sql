CREATE TYPE state AS ENUM ('DRAFT', 'it''s; ready', 'SENT');
CREATE TYPE address AS (street text, city varchar(40));
CREATE DOMAIN positive AS int CHECK (VALUE > 0) CHECK (VALUE < 1000);
CREATE TYPE money_span AS RANGE (subtype = numeric);
CREATE TABLE letters (id int, state state DEFAULT 'SENT', home address, pages positive, costs money_span);
