-- As production, and then somebody tried things out.
CREATE SEQUENCE numbers INCREMENT 5;
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%.%');
CREATE TABLE orders (
    id int PRIMARY KEY,
    number int NOT NULL DEFAULT nextval('numbers'),
    state state NOT NULL DEFAULT 'open',
    contact email,
    total numeric(10, 2) CHECK (total > 0),
    during tstzrange,
    tried text
);
CREATE TABLE events (at date NOT NULL, what text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-07-01');
CREATE INDEX orders_state ON orders (state) WHERE total > 10;
CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := 1;
    RETURN NEW;
END$$;
CREATE TRIGGER stamp BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION stamp();
ALTER TABLE orders DISABLE TRIGGER stamp;
CREATE POLICY theirs ON orders FOR SELECT USING (contact IS NOT NULL);
CREATE VIEW versions AS SELECT 1 AS number;
CREATE TABLE scrap (id int PRIMARY KEY, what text);
COMMENT ON TABLE scrap IS 'Mine.';
CREATE INDEX scrap_what ON scrap (what);
COMMENT ON TABLE orders IS 'What people wanted.';
CREATE PUBLICATION feed FOR TABLE orders;
