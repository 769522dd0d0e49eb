-- Shipping: CHECKs that look inside composite-type columns.
CREATE TYPE postal_address AS (street text, town text, postcode text, country char(2));
CREATE TYPE dimensions AS (l numeric, w numeric, h numeric);
CREATE TYPE money_amount AS (value numeric(12,2), currency text);
CREATE TABLE customers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  home postal_address NOT NULL,
  office postal_address,
  CHECK ((home).town IS NOT NULL AND (home).street IS NOT NULL),
  CHECK ((home).country IN ('DE', 'AT', 'CH')),
  CHECK ((home).postcode ~ '^[0-9]{4,5}$'),
  CHECK (((home).country = 'DE') = (length((home).postcode) = 5)),
  CHECK (office IS NULL OR (office).country = (home).country)
);
CREATE TABLE boxes (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  size dimensions NOT NULL CHECK ((size).l > 0 AND (size).w > 0 AND (size).h > 0),
  volume numeric NOT NULL,
  CHECK ((size).l >= (size).w),
  CHECK (volume = (size).l * (size).w * (size).h)
);
CREATE TABLE shipments (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id int NOT NULL REFERENCES customers (id),
  box_id int NOT NULL REFERENCES boxes (id),
  insured money_amount,
  postage money_amount NOT NULL,
  CHECK ((postage).value > 0 AND (postage).currency IN ('EUR', 'CHF')),
  CHECK ((insured).value >= 50),
  CHECK ((insured).currency = (postage).currency)
);
CREATE UNIQUE INDEX ON customers (((home).postcode), name);
-- fields of fields, which have to agree with each other and with a column
CREATE TYPE amount AS (value numeric(12,2), currency char(3));
CREATE TYPE band AS (low amount, high amount);
CREATE TABLE bands (
  band band NOT NULL,
  currency char(3) NOT NULL CHECK (currency IN ('EUR', 'USD')),
  CHECK (((band).low).value < ((band).high).value AND ((band).low).value >= 0),
  CHECK (((band).low).currency = currency AND ((band).high).currency = currency)
);
CREATE DOMAIN short_code AS text CHECK (VALUE ~ '^\d{4}$');
CREATE TYPE place AS (code short_code, label text);
CREATE DOMAIN labelled_place AS place CHECK ((VALUE).label IS NOT NULL AND length((VALUE).label) < 10);
CREATE TYPE tour AS (main labelled_place, others place[], stops int);
CREATE TABLE tours (tour tour NOT NULL CHECK ((tour).stops = cardinality((tour).others)), CHECK (((tour).main).code > '5'));
