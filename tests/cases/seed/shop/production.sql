-- A small shop: statuses in CHECKs, prices, addresses, orders with lines.
CREATE TYPE order_state AS ENUM ('cart', 'placed', 'paid', 'shipped', 'cancelled');
CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email varchar(255) NOT NULL,
    full_name text NOT NULL,
    phone varchar(20),
    loyalty_points int NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz,
    CHECK (updated_at IS NULL OR updated_at >= created_at)
);
CREATE UNIQUE INDEX customers_email ON customers (lower(email));
CREATE TABLE addresses (
    id serial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers ON DELETE CASCADE,
    line1 varchar(120) NOT NULL,
    city text NOT NULL,
    country_code char(2) NOT NULL CHECK (country_code ~ '^[A-Z]{2}$'),
    is_default boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX one_default_address ON addresses (customer_id) WHERE is_default;
CREATE TABLE products (
    sku varchar(12) PRIMARY KEY CHECK (sku ~ '^[A-Z]{3}-[0-9]{4}$'),
    name text NOT NULL UNIQUE,
    price numeric(10,2) NOT NULL CHECK (price > 0),
    sale_price numeric(10,2) CHECK (sale_price < price),
    weight_grams int CHECK (weight_grams BETWEEN 1 AND 30000),
    attributes jsonb NOT NULL DEFAULT '{}'
);
CREATE TABLE orders (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number bigint NOT NULL UNIQUE,
    customer_id bigint NOT NULL REFERENCES customers,
    ship_to int REFERENCES addresses,
    state order_state NOT NULL,
    placed_at timestamptz,
    shipped_at timestamptz,
    total numeric(12,2) NOT NULL CHECK (total >= 0),
    CHECK (state = 'cart' OR placed_at IS NOT NULL),
    CHECK (state <> 'shipped' OR shipped_at IS NOT NULL),
    CHECK (shipped_at IS NULL OR shipped_at >= placed_at)
);
CREATE TABLE order_lines (
    order_id uuid NOT NULL REFERENCES orders,
    position smallint NOT NULL CHECK (position > 0),
    sku varchar(12) NOT NULL REFERENCES products,
    quantity int NOT NULL CHECK (quantity BETWEEN 1 AND 99),
    unit_price numeric(10,2) NOT NULL CHECK (unit_price >= 0),
    line_total numeric(12,2) GENERATED ALWAYS AS (quantity * unit_price) STORED,
    PRIMARY KEY (order_id, position)
);
CREATE TABLE reviews (
    id serial PRIMARY KEY,
    sku varchar(12) NOT NULL REFERENCES products,
    customer_id bigint NOT NULL REFERENCES customers,
    rating smallint NOT NULL CHECK (rating IN (1, 2, 3, 4, 5)),
    body text,
    UNIQUE (sku, customer_id)
);
