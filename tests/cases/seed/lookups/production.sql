-- Lookup tables whose rows the schema tells: by a list on their key, or by the columns that point at them.
CREATE TYPE severity AS ENUM ('info', 'warning', 'page_someone');
CREATE DOMAIN weekday AS text CHECK (VALUE IN ('mon', 'tue', 'wed', 'thu', 'fri'));

-- the key's own CHECK; its name in words
CREATE TABLE order_statuses (code text PRIMARY KEY CHECK (code IN ('draft', 'in_progress', 'shipped', 'past_due')), name text NOT NULL, position int NOT NULL);
-- the key's type
CREATE TABLE severities (id severity PRIMARY KEY, label varchar(40) NOT NULL UNIQUE);
CREATE TABLE working_days (day weekday PRIMARY KEY, opens time NOT NULL, closes time NOT NULL, CHECK (closes > opens));
-- a code beside a number
CREATE TABLE plans (id serial PRIMARY KEY, code varchar(20) NOT NULL UNIQUE CHECK (code IN ('free', 'team', 'business')), title text, price numeric(8,2) NOT NULL CHECK (price >= 0));
-- one row only
CREATE TABLE site_settings (id int PRIMARY KEY DEFAULT 1 CHECK (id = 1), site_name text NOT NULL);
-- told by the lists of what points at it, one list longer than the other
CREATE TABLE priorities (id smallint PRIMARY KEY, name text NOT NULL);
CREATE TABLE tickets (id bigserial PRIMARY KEY, priority_id smallint NOT NULL REFERENCES priorities CHECK (priority_id IN (10, 20, 30)), subject text NOT NULL);
CREATE TABLE incidents (id bigserial PRIMARY KEY, priority_id smallint NOT NULL REFERENCES priorities CHECK (priority_id IN (30, 40)), level severity NOT NULL REFERENCES severities);
-- told by a default alone: more are made up
CREATE TABLE currencies (code char(3) PRIMARY KEY, name text NOT NULL);
CREATE TABLE invoices (id bigserial PRIMARY KEY, currency char(3) NOT NULL DEFAULT 'EUR' REFERENCES currencies, total numeric(10,2) NOT NULL);
CREATE TABLE roles (name text PRIMARY KEY, description text);
CREATE TABLE accounts (id bigserial PRIMARY KEY, email text NOT NULL UNIQUE, role text NOT NULL DEFAULT 'member' REFERENCES roles, plan_id int NOT NULL DEFAULT 2 REFERENCES plans);
CREATE TABLE regions (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE shops (id bigserial PRIMARY KEY, region_id int NOT NULL DEFAULT 900 REFERENCES regions, name text NOT NULL);
-- what points at a lookup takes only what its own CHECK permits: a list, a comparison, a list beside a unique key
CREATE TABLE orders (id bigserial PRIMARY KEY, account_id bigint NOT NULL REFERENCES accounts, status text NOT NULL DEFAULT 'draft' REFERENCES order_statuses, shipped_at timestamptz, CHECK (status <> 'past_due'), CHECK ((status = 'shipped') = (shipped_at IS NOT NULL)));
CREATE TABLE parcels (id bigserial PRIMARY KEY, status text NOT NULL REFERENCES order_statuses CHECK (status IN ('shipped', 'past_due')), weight int NOT NULL CHECK (weight > 0));
CREATE TABLE upgrades (id bigserial PRIMARY KEY, plan_id int NOT NULL REFERENCES plans CHECK (plan_id > 1));
CREATE TABLE order_marks (order_id bigint NOT NULL REFERENCES orders, status text NOT NULL REFERENCES order_statuses CHECK (status IN ('draft', 'shipped')), PRIMARY KEY (order_id, status));
-- a told row that another of its columns has to suit
CREATE TABLE tariffs (code text PRIMARY KEY CHECK (code IN ('free', 'fair', 'dear')), price numeric(8,2) NOT NULL, note text, CHECK ((code = 'free') = (price = 0)), CHECK (code <> 'dear' OR (price > 5000 AND note LIKE 'really%')));
-- a list that the row's other constraints shorten
CREATE TABLE colours (name text PRIMARY KEY CHECK (name IN ('red', 'green', 'infrared')), CHECK (length(name) < 6));
CREATE TABLE cars (id int PRIMARY KEY, colour text NOT NULL REFERENCES colours);
-- told rows that others go between: those behind them are at other places then, beside other derived values
DO $$ BEGIN EXECUTE (SELECT 'CREATE TYPE grade AS ENUM (' || string_agg(quote_literal('g' || n), ', ' ORDER BY n) || ')' FROM generate_series(1, 150) AS n); END $$;
CREATE TABLE grades (grade grade PRIMARY KEY, next grade NOT NULL CHECK (next > grade), held grade[] NOT NULL CHECK (grade = ANY (held)));
