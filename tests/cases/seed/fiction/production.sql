-- Telephone numbers in the forms that CHECKs ask for; none may be anybody's.
CREATE DOMAIN phone AS text CHECK (VALUE ~ '^\+[1-9]\d{7,14}$');
CREATE TABLE people (id serial PRIMARY KEY, phone phone NOT NULL UNIQUE, mobile text CHECK (mobile ~ '^[0-9]{10}$'), fax text);
