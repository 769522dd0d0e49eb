CREATE DOMAIN short AS varchar(5);
CREATE DOMAIN code AS text CHECK (VALUE ~ '^\d+$');
CREATE DOMAIN present AS text NOT NULL;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE t (id int, a short, b code, c present, d positive);
