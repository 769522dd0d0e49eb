CREATE TABLE customers (
    id serial PRIMARY KEY,
    email varchar(254) UNIQUE NOT NULL,
    created_at timestamp DEFAULT now()
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers,
    total numeric(10, 2) CHECK (total >= 0)
);
CREATE INDEX orders_customer ON orders (customer_id);
INSERT INTO customers (email) VALUES ('tester@example.com');
INSERT INTO orders (customer_id, total) VALUES (1, 10);
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0001');
