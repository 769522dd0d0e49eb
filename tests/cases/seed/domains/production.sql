-- Domains with CHECKs, nested, in arrays and as keys.
CREATE DOMAIN email AS text CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN percent AS positive CHECK (VALUE <= 100);
CREATE DOMAIN short_code AS varchar(10) NOT NULL CHECK (VALUE = upper(VALUE)) CHECK (length(VALUE) >= 3);
CREATE DOMAIN weekday AS text CHECK (VALUE IN ('mon', 'tue', 'wed'));
CREATE TABLE contacts (id positive PRIMARY KEY, address email NOT NULL UNIQUE, share percent, code short_code, days weekday[], backup email);
CREATE TABLE calls (id serial PRIMARY KEY, contact positive NOT NULL REFERENCES contacts, code short_code UNIQUE);
CREATE DOMAIN sure AS text NOT NULL;
CREATE DOMAIN over_sure AS sure;
CREATE TABLE pledges (id int PRIMARY KEY, middle_name over_sure, nick_name over_sure UNIQUE, parent_id int REFERENCES pledges CHECK (parent_id IS NOT NULL));
