CREATE TABLE customers (
    id serial PRIMARY KEY,
    email varchar(254) UNIQUE NOT NULL,
    created_at timestamp DEFAULT now(),
    vip boolean NOT NULL DEFAULT false
);
CREATE TABLE products (
    sku text PRIMARY KEY CHECK (sku ~ '^[A-Z]{3}-[0-9]+$'),
    price numeric(10, 2) NOT NULL CHECK (price > 0)
);
CREATE TABLE orders (
    id serial PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers ON DELETE CASCADE,
    total numeric(10, 2) CHECK (total >= 0)
);
CREATE TABLE order_lines (
    order_id int REFERENCES orders,
    sku text REFERENCES products,
    quantity int NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (order_id, sku)
);
INSERT INTO customers (email) SELECT format('canary-%s@corp.io', n) FROM generate_series(1, 50) n;
CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY);
INSERT INTO alembic_version VALUES ('0002');
