-- Generated columns that are foreign keys, or parts of them: what they are computed from has to lead to a parent row.
CREATE TABLE kinds (code text PRIMARY KEY);
CREATE TABLE things (
    id int PRIMARY KEY,
    kind text NOT NULL,
    code text GENERATED ALWAYS AS (lower(kind)) STORED NOT NULL REFERENCES kinds
);
CREATE TABLE tenants (id int PRIMARY KEY);
CREATE TABLE copies (
    id int PRIMARY KEY,
    tenant_ref int NOT NULL,
    tenant_id int GENERATED ALWAYS AS (tenant_ref) STORED NOT NULL REFERENCES tenants
);
CREATE TABLE accounts (tenant_id int NOT NULL REFERENCES tenants, shard int NOT NULL, PRIMARY KEY (tenant_id, shard));
CREATE TABLE orders (
    id int PRIMARY KEY,
    tenant_id int NOT NULL,
    shard int GENERATED ALWAYS AS (id % 3) STORED,
    FOREIGN KEY (tenant_id, shard) REFERENCES accounts
);
CREATE TABLE items (order_id int NOT NULL REFERENCES orders, line int NOT NULL, PRIMARY KEY (order_id, line));
CREATE TABLE days (day date PRIMARY KEY);
CREATE TABLE visits (
    id int PRIMARY KEY,
    at timestamp NOT NULL,
    day date GENERATED ALWAYS AS (at::date) STORED NOT NULL REFERENCES days
);
CREATE TABLE documents (
    id int PRIMARY KEY,
    body jsonb NOT NULL,
    owner int GENERATED ALWAYS AS ((body ->> 'owner')::int) STORED NOT NULL REFERENCES tenants
);
CREATE TABLE targets (
    id int PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('tenant', 'item')),
    target int NOT NULL,
    tenant_id int GENERATED ALWAYS AS (CASE WHEN kind = 'tenant' THEN target END) STORED REFERENCES tenants,
    order_id int GENERATED ALWAYS AS (CASE WHEN kind = 'item' THEN target END) STORED REFERENCES orders
);
CREATE TABLE heap (
    id int PRIMARY KEY,
    parent int GENERATED ALWAYS AS (CASE WHEN id > 1 THEN id / 2 END) STORED REFERENCES heap
);
-- A parent's row has one child table or another: which one it is, is computed of nothing at all.
CREATE TABLE payments (
    id bigint PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('card', 'transfer', 'cash')),
    UNIQUE (id, kind)
);
CREATE TABLE card_payments (
    id bigint PRIMARY KEY,
    kind text NOT NULL DEFAULT 'card' CHECK (kind = 'card'),
    FOREIGN KEY (id, kind) REFERENCES payments (id, kind)
);
CREATE TABLE transfers (
    id bigint PRIMARY KEY,
    kind text GENERATED ALWAYS AS ('transfer') STORED NOT NULL,
    FOREIGN KEY (id, kind) REFERENCES payments (id, kind)
);
