CREATE SEQUENCE numbers;
CREATE TYPE state AS ENUM ('open', 'closed', 'lost');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');
CREATE TABLE orders (
    id int PRIMARY KEY,
    number bigint NOT NULL DEFAULT nextval('numbers'),
    state state NOT NULL DEFAULT 'open',
    contact email,
    total numeric(10, 2) CHECK (total >= 0),
    during tstzrange,
    EXCLUDE USING gist (during WITH &&)
);
CREATE TABLE order_lines (order_id int REFERENCES orders ON DELETE CASCADE, line int, PRIMARY KEY (order_id, line));
CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX orders_state ON orders (state);
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := nextval('numbers');
    RETURN NEW;
END$$;
CREATE TRIGGER stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY theirs ON orders USING (contact IS NOT NULL);
CREATE VIEW versions AS SELECT 2 AS number;
COMMENT ON TABLE orders IS 'What people want.';
