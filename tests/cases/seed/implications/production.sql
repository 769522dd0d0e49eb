-- Conditions between columns, arithmetic, functions of the schema's own, json shapes.
CREATE FUNCTION is_even(n int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT n % 2 = 0';
CREATE TABLE invoices (
    id serial PRIMARY KEY, status text NOT NULL CHECK (status IN ('draft', 'sent', 'paid', 'void')), sent_at timestamptz, paid_at timestamptz,
    net numeric(10,2) NOT NULL, tax numeric(10,2) NOT NULL, gross numeric(10,2) NOT NULL,
    CHECK (gross = net + tax), CHECK (tax >= 0 AND net > 0),
    CHECK (status <> 'paid' OR (paid_at IS NOT NULL AND sent_at IS NOT NULL)), CHECK (paid_at >= sent_at), CHECK ((status = 'draft') = (sent_at IS NULL))
);
CREATE TABLE odds (id serial PRIMARY KEY, n int NOT NULL CHECK (is_even(n)), low int NOT NULL, high int NOT NULL, CHECK (low < high), share real CHECK (share > 0 AND share < 1));
CREATE TABLE shapes (
    id serial PRIMARY KEY, doc jsonb NOT NULL CHECK (jsonb_typeof(doc) = 'object' AND doc ? 'name'),
    list jsonb NOT NULL CHECK (jsonb_typeof(list) = 'array'), tags text[] NOT NULL CHECK (cardinality(tags) BETWEEN 1 AND 5),
    roles text[] NOT NULL CHECK (roles <@ ARRAY['admin', 'user'])
);
CREATE TABLE windows (id serial PRIMARY KEY, opens time NOT NULL, closes time NOT NULL, CHECK (opens < closes), weekday int NOT NULL CHECK (weekday BETWEEN 0 AND 6), lat numeric(9,6) NOT NULL CHECK (lat BETWEEN -90 AND 90), lon double precision CHECK (lon >= -180 AND lon <= 180));
CREATE TABLE discounts (id serial PRIMARY KEY, percent numeric(5,2), amount numeric(8,2), code text NOT NULL UNIQUE, CHECK ((percent IS NULL) <> (amount IS NULL)), CHECK (percent > 0 AND percent <= 100), CHECK (amount > 0), starts_on date NOT NULL, ends_on date, CHECK (ends_on IS NULL OR ends_on > starts_on));
CREATE TABLE never_mind (id serial PRIMARY KEY, CHECK (id > 0) NOT VALID);
