-- Price lists: NULLS NOT DISTINCT constraints and indexes.
CREATE TABLE shops (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  external_ref text UNIQUE NULLS NOT DISTINCT
);
CREATE TABLE products (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sku text NOT NULL UNIQUE,
  successor_id int REFERENCES products (id),
  -- one product without a successor, every successor named once
  UNIQUE NULLS NOT DISTINCT (successor_id)
);
CREATE TABLE prices (
  id bigserial PRIMARY KEY,
  product_id int NOT NULL REFERENCES products (id),
  shop_id int REFERENCES shops (id),
  valid_from date,
  cents int NOT NULL CHECK (cents > 0),
  CONSTRAINT one_price UNIQUE NULLS NOT DISTINCT (product_id, shop_id, valid_from)
);
CREATE TABLE translations (
  product_id int NOT NULL REFERENCES products (id),
  locale text CHECK (locale IN ('de', 'fr', 'it')),
  name text NOT NULL
);
CREATE UNIQUE INDEX ON translations (product_id, lower(locale)) NULLS NOT DISTINCT;
CREATE TABLE shop_defaults (
  locale text CHECK (locale IN ('de', 'fr', 'it')),
  greeting text NOT NULL,
  UNIQUE NULLS NOT DISTINCT (locale)
);
