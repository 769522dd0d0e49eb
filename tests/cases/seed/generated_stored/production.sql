-- Payroll: stored generated columns in uniques, CHECKs, references and indexes.
CREATE TABLE employees (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  first_name text NOT NULL,
  last_name text NOT NULL,
  full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  login text NOT NULL GENERATED ALWAYS AS (lower(left(first_name, 1) || last_name)) STORED UNIQUE,
  born date NOT NULL,
  birth_year int GENERATED ALWAYS AS (extract(year FROM born)::int) STORED,
  CHECK (birth_year BETWEEN 1950 AND 2008),
  CHECK (length(full_name) <= 50)
);
CREATE TABLE payslips (
  employee_id int NOT NULL REFERENCES employees (id),
  period_start date NOT NULL CHECK (extract(day FROM period_start) = 1),
  period text NOT NULL GENERATED ALWAYS AS
    (lpad(extract(year FROM period_start)::int::text, 4, '0') || '-' || lpad(extract(month FROM period_start)::int::text, 2, '0')) STORED,
  gross numeric(10,2) NOT NULL CHECK (gross > 0),
  tax numeric(10,2) NOT NULL CHECK (tax >= 0),
  net numeric(10,2) GENERATED ALWAYS AS (gross - tax) STORED CHECK (net > 0),
  PRIMARY KEY (employee_id, period)
);
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employee_id int NOT NULL,
  period text NOT NULL,
  cents bigint NOT NULL,
  euros numeric GENERATED ALWAYS AS (cents / 100.0) STORED,
  FOREIGN KEY (employee_id, period) REFERENCES payslips (employee_id, period),
  CHECK (euros >= 10)
);
-- computed from a document that has to hold what the columns must not lack
CREATE TABLE entries (id uuid PRIMARY KEY, doc jsonb NOT NULL, kind text GENERATED ALWAYS AS (doc ->> 'kind') STORED NOT NULL CHECK (kind IN ('a', 'b')), n int GENERATED ALWAYS AS ((doc ->> 'n')::int) STORED NOT NULL, UNIQUE (kind, n));
