-- Wholesale catalogue: foreign keys that aim at unique columns other than the primary key.
CREATE TABLE suppliers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vat_no varchar(14) UNIQUE CHECK (vat_no ~ '^[A-Z]{2}[0-9]{8,12}$'),
  duns char(9) NOT NULL,
  trading_name text NOT NULL
);
-- a plain unique index (no constraint) is enough for a reference
CREATE UNIQUE INDEX suppliers_duns_idx ON suppliers (duns);
CREATE TABLE brands (
  id serial PRIMARY KEY,
  name varchar(40) NOT NULL,
  market varchar(2) NOT NULL CHECK (market IN ('EU', 'US', 'JP')),
  owner_duns char(9) NOT NULL REFERENCES suppliers (duns),
  UNIQUE (name, market)
);
CREATE TABLE articles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  sku text NOT NULL UNIQUE,
  gtin bigint UNIQUE CHECK (gtin BETWEEN 10000000 AND 99999999999999),
  brand_name varchar(40) NOT NULL,
  brand_market varchar(2) NOT NULL,
  -- column order of the reference differs from that of the unique constraint
  FOREIGN KEY (brand_market, brand_name) REFERENCES brands (market, name) ON UPDATE CASCADE
);
CREATE TABLE offers (
  supplier_vat varchar(14) NOT NULL REFERENCES suppliers (vat_no),
  sku text NOT NULL REFERENCES articles (sku),
  price numeric(10,2) NOT NULL CHECK (price > 0),
  PRIMARY KEY (supplier_vat, sku)
);
CREATE TABLE scans (
  id bigserial PRIMARY KEY,
  gtin bigint NOT NULL REFERENCES articles (gtin),
  scanned_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- keys whose types print equal values otherwise
CREATE TABLE rates (rate numeric(6,2) NOT NULL UNIQUE, code char(6) NOT NULL UNIQUE);
CREATE TABLE uses (rate numeric(10,4) NOT NULL REFERENCES rates (rate), code char(10) NOT NULL REFERENCES rates (code));
