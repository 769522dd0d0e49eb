-- Invoicing: sums, products, percentages and balances within the row.
CREATE TABLE tax_rates (
  code text PRIMARY KEY,
  rate numeric(4,3) NOT NULL CHECK (rate >= 0 AND rate < 0.5),
  inverse numeric(4,3) NOT NULL,
  CHECK (rate + inverse = 1)
);
CREATE TABLE invoices (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  net numeric(12,2) NOT NULL CHECK (net >= 0),
  tax numeric(12,2) NOT NULL CHECK (tax >= 0 AND tax <= net),
  total numeric(12,2) NOT NULL,
  paid numeric(12,2) NOT NULL DEFAULT 0,
  open_amount numeric(12,2) NOT NULL CHECK (open_amount >= 0),
  CONSTRAINT total_adds_up CHECK (total = net + tax),
  CONSTRAINT open_adds_up CHECK (open_amount = total - paid)
);
CREATE TABLE invoice_lines (
  invoice_id int NOT NULL REFERENCES invoices (id),
  line_no int NOT NULL,
  tax_code text NOT NULL REFERENCES tax_rates (code),
  quantity int NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
  unit_price numeric(10,2) NOT NULL CHECK (unit_price > 0),
  discount_pct int NOT NULL DEFAULT 0 CHECK (discount_pct >= 0 AND discount_pct <= 90),
  amount numeric(14,2) NOT NULL,
  discounted numeric(14,2) NOT NULL,
  PRIMARY KEY (invoice_id, line_no),
  CHECK (quantity * unit_price = amount),
  CHECK (discounted = round(amount * (100 - discount_pct) / 100, 2))
);
CREATE TABLE cost_splits (
  invoice_id int PRIMARY KEY REFERENCES invoices (id),
  sales_pct smallint NOT NULL CHECK (sales_pct >= 0),
  it_pct smallint NOT NULL CHECK (it_pct >= 0),
  hr_pct smallint NOT NULL CHECK (hr_pct >= 0),
  CHECK (sales_pct + it_pct + hr_pct = 100)
);
CREATE TABLE cash_counts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  opening int NOT NULL CHECK (opening >= 0),
  received int NOT NULL CHECK (received >= 0),
  spent int NOT NULL CHECK (spent >= 0),
  closing int NOT NULL CHECK (closing >= 0),
  twenties int NOT NULL, fives int NOT NULL, ones int NOT NULL,
  CHECK (opening + received - spent = closing),
  CHECK (twenties * 20 + fives * 5 + ones = closing),
  CHECK (least(twenties, fives, ones) >= 0)
);
CREATE TABLE parcels (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  length_cm int NOT NULL CHECK (length_cm > 0),
  width_cm int NOT NULL CHECK (width_cm > 0),
  height_cm int NOT NULL CHECK (height_cm > 0),
  volume_cm3 bigint NOT NULL,
  gross_kg numeric(6,3) NOT NULL, tare_kg numeric(6,3) NOT NULL, net_kg numeric(6,3) NOT NULL,
  CHECK (volume_cm3 = length_cm::bigint * width_cm * height_cm),
  CHECK (length_cm + 2 * (width_cm + height_cm) <= 300),
  CHECK (net_kg = gross_kg - tare_kg AND tare_kg > 0 AND net_kg > 0)
);
-- one follows from the other, and the first from a number of few values
CREATE TABLE bills (
  qty int NOT NULL CHECK (qty > 0 AND qty % 6 = 0),
  unit numeric(10,2) NOT NULL CHECK (unit > 0),
  off numeric(4,3) NOT NULL CHECK (off >= 0 AND off < 1),
  net numeric(14,2) NOT NULL CHECK (net = round(qty * unit * (1 - off), 2)),
  vat numeric(14,2) NOT NULL CHECK (vat = round(net * 0.19, 2)),
  gross numeric(14,2) NOT NULL CHECK (gross = net + vat)
);
