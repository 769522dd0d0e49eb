-- Energy tariffs: CASE expressions, IS DISTINCT FROM, conditions over three and more columns.
CREATE TABLE meters (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  medium text NOT NULL CHECK (medium IN ('power', 'gas', 'water')),
  unit text NOT NULL,
  digits smallint NOT NULL,
  smart boolean NOT NULL,
  firmware text,
  CHECK (unit = CASE medium WHEN 'power' THEN 'kWh' WHEN 'gas' THEN 'm3' ELSE 'l' END),
  CHECK (CASE WHEN smart THEN digits BETWEEN 6 AND 9 AND firmware IS NOT NULL
              ELSE digits BETWEEN 4 AND 6 AND firmware IS NULL END)
);
CREATE TABLE tariffs (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('flat', 'metered', 'tiered')),
  base_fee numeric(6,2), unit_price numeric(6,4), tier_limit int, tier_price numeric(6,4),
  CHECK (CASE kind
    WHEN 'flat' THEN base_fee > 0 AND unit_price IS NULL AND tier_limit IS NULL AND tier_price IS NULL
    WHEN 'metered' THEN base_fee >= 0 AND unit_price > 0 AND tier_limit IS NULL AND tier_price IS NULL
    WHEN 'tiered' THEN num_nulls(base_fee, unit_price, tier_limit, tier_price) = 0 AND tier_price < unit_price
    ELSE false END)
);
CREATE TABLE contracts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  meter_id int NOT NULL REFERENCES meters (id),
  tariff_id int NOT NULL REFERENCES tariffs (id),
  previous_tariff int REFERENCES tariffs (id),
  billing_mail text,
  contact_mail text,
  CHECK (previous_tariff IS DISTINCT FROM tariff_id),
  CHECK (billing_mail IS DISTINCT FROM contact_mail),
  CHECK (coalesce(billing_mail, contact_mail) IS NOT NULL)
);
CREATE TABLE readings (
  contract_id int NOT NULL REFERENCES contracts (id),
  read_on date NOT NULL,
  old_value int NOT NULL CHECK (old_value >= 0),
  new_value int NOT NULL,
  used int NOT NULL,
  estimated boolean NOT NULL,
  reader text,
  PRIMARY KEY (contract_id, read_on),
  CHECK (used = new_value - old_value AND used >= 0 AND (estimated OR reader IS NOT NULL)),
  CHECK (NOT estimated OR (reader IS NULL AND used <= 5000)),
  CHECK ((used, new_value) <= (100000, 900000)),
  CHECK ((estimated IS TRUE) IS DISTINCT FROM (reader IS NOT NULL))
);
