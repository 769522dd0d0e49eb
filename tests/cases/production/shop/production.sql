-- An online shop with its catalogue, stock, orders, billing and returns in schemas of their own.

CREATE EXTENSION citext;
CREATE EXTENSION btree_gist;
CREATE EXTENSION pg_trgm;

CREATE SCHEMA catalog;
CREATE SCHEMA inventory;
CREATE SCHEMA sales;
CREATE SCHEMA billing;
CREATE SCHEMA crm;
CREATE SCHEMA ops;

-- types ------------------------------------------------------------------------------------------------------------

CREATE DOMAIN public.money_amount AS numeric(12, 2) CHECK (VALUE >= 0);
CREATE DOMAIN public.signed_amount AS numeric(12, 2);
CREATE DOMAIN public.currency_code AS char(3) CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN public.country_code AS char(2) CHECK (VALUE = upper(VALUE) AND length(VALUE) = 2);
CREATE DOMAIN public.email_address AS citext CHECK (VALUE ~ '^[^@\s]+@[^@\s]+\.[a-z]{2,}$');
CREATE DOMAIN public.percentage AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE DOMAIN public.slug AS varchar(120) CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
CREATE DOMAIN catalog.sku AS varchar(32) CHECK (VALUE ~ '^[A-Z]{2,4}-[0-9]{4,8}$');
CREATE DOMAIN catalog.gtin AS text CHECK (length(VALUE) IN (8, 12, 13, 14) AND VALUE ~ '^\d+$');

CREATE TYPE catalog.product_status AS ENUM ('draft', 'active', 'discontinued', 'archived');
CREATE TYPE sales.order_status AS ENUM
    ('cart', 'placed', 'paid', 'picking', 'shipped', 'delivered', 'cancelled', 'refunded');
CREATE TYPE sales.discount_kind AS ENUM ('percentage', 'fixed_amount', 'free_shipping');
CREATE TYPE inventory.movement_kind AS ENUM ('receipt', 'sale', 'return', 'transfer', 'adjustment', 'write_off');
CREATE TYPE billing.payment_status AS ENUM ('pending', 'authorized', 'captured', 'failed', 'refunded', 'voided');
CREATE TYPE billing.invoice_status AS ENUM ('draft', 'open', 'paid', 'void', 'uncollectible');
CREATE TYPE crm.address_kind AS ENUM ('billing', 'shipping', 'both');
CREATE TYPE public.dimensions AS (length_mm integer, width_mm integer, height_mm integer);

CREATE SEQUENCE sales.order_number_seq START 100001;
CREATE SEQUENCE billing.invoice_number_seq START 1;

CREATE FUNCTION public.luhn_ok(digits text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT digits ~ '^\d+$' AND sum(CASE WHEN i % 2 = 0 THEN d ELSE (d * 2) / 10 + (d * 2) % 10 END) % 10 = 0
    FROM (SELECT i, substr(reverse(digits), i, 1)::int AS d FROM generate_series(1, length(digits)) AS i) AS s
$$;

CREATE FUNCTION catalog.valid_attributes(attributes jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_typeof(attributes) = 'object'
       AND NOT EXISTS (SELECT FROM jsonb_each(attributes) WHERE jsonb_typeof(value) NOT IN ('string', 'number', 'boolean'))
$$;

CREATE FUNCTION sales.next_order_number() RETURNS text LANGUAGE sql AS $$
    SELECT 'SO-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('sales.order_number_seq')::text, 8, '0')
$$;

CREATE FUNCTION public.set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;

-- people -----------------------------------------------------------------------------------------------------------

CREATE TABLE public.countries (
    code public.country_code PRIMARY KEY,
    name text NOT NULL UNIQUE,
    default_currency public.currency_code NOT NULL,
    vat_rate public.percentage NOT NULL DEFAULT 0,
    is_eu boolean NOT NULL DEFAULT false
);

CREATE TABLE public.currencies (
    code public.currency_code PRIMARY KEY CHECK (code IN ('EUR', 'USD', 'GBP', 'CHF', 'SEK')),
    symbol varchar(4) NOT NULL,
    minor_units smallint NOT NULL DEFAULT 2 CHECK (minor_units BETWEEN 0 AND 3)
);
ALTER TABLE public.countries ADD FOREIGN KEY (default_currency) REFERENCES public.currencies (code);

CREATE TABLE public.exchange_rates (
    base public.currency_code NOT NULL REFERENCES public.currencies (code),
    quote public.currency_code NOT NULL REFERENCES public.currencies (code),
    valid_on date NOT NULL,
    rate numeric(18, 8) NOT NULL CHECK (rate > 0),
    PRIMARY KEY (base, quote, valid_on),
    CHECK (base <> quote)
);

CREATE TABLE crm.customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    email public.email_address NOT NULL,
    first_name text CHECK (first_name <> ''),
    last_name text CHECK (last_name <> ''),
    company_name text,
    vat_number text CHECK (vat_number ~ '^[A-Z]{2}[0-9A-Z]{8,12}$'),
    phone text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
    birth_date date CHECK (birth_date > DATE '1900-01-01'),
    locale text NOT NULL DEFAULT 'en_GB' CHECK (locale ~ '^[a-z]{2}_[A-Z]{2}$'),
    marketing_opt_in boolean NOT NULL DEFAULT false,
    marketing_opt_in_at timestamptz,
    loyalty_points integer NOT NULL DEFAULT 0 CHECK (loyalty_points >= 0),
    blocked_at timestamptz,
    blocked_reason text,
    referred_by bigint REFERENCES crm.customers (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    full_name text GENERATED ALWAYS AS (coalesce(first_name || ' ', '') || coalesce(last_name, '')) STORED,
    CONSTRAINT person_or_company CHECK (company_name IS NOT NULL OR (first_name IS NOT NULL AND last_name IS NOT NULL)),
    CONSTRAINT opt_in_has_moment CHECK (NOT marketing_opt_in OR marketing_opt_in_at IS NOT NULL),
    CONSTRAINT blocked_has_reason CHECK ((blocked_at IS NULL) = (blocked_reason IS NULL)),
    CONSTRAINT not_own_referrer CHECK (referred_by <> id),
    CHECK (updated_at >= created_at)
);
CREATE UNIQUE INDEX customers_email_key ON crm.customers (email);
CREATE INDEX customers_name_trgm ON crm.customers USING gin (full_name gin_trgm_ops);
CREATE TRIGGER customers_touch BEFORE UPDATE ON crm.customers FOR EACH ROW EXECUTE FUNCTION public.set_updated_at();

CREATE TABLE crm.addresses (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES crm.customers (id) ON DELETE CASCADE,
    kind crm.address_kind NOT NULL DEFAULT 'both',
    is_default boolean NOT NULL DEFAULT false,
    recipient text NOT NULL,
    line1 text NOT NULL CHECK (length(line1) BETWEEN 3 AND 200),
    line2 text,
    city text NOT NULL,
    region text,
    postal_code varchar(12) NOT NULL CHECK (postal_code = upper(postal_code)),
    country_code public.country_code NOT NULL REFERENCES public.countries (code),
    latitude numeric(9, 6) CHECK (latitude BETWEEN -90 AND 90),
    longitude numeric(9, 6) CHECK (longitude BETWEEN -180 AND 180),
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK (deleted_at IS NULL OR deleted_at >= created_at),
    UNIQUE (customer_id, id)
);
CREATE UNIQUE INDEX one_default_address ON crm.addresses (customer_id, kind) WHERE is_default AND deleted_at IS NULL;

CREATE TABLE crm.customer_groups (
    id serial PRIMARY KEY,
    name text NOT NULL,
    discount public.percentage NOT NULL DEFAULT 0,
    valid daterange NOT NULL DEFAULT daterange(CURRENT_DATE, NULL)
);
CREATE UNIQUE INDEX customer_groups_name ON crm.customer_groups (lower(name));

CREATE TABLE crm.customer_group_members (
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    group_id integer NOT NULL REFERENCES crm.customer_groups (id),
    joined_at timestamptz NOT NULL DEFAULT now(),
    left_at timestamptz,
    PRIMARY KEY (customer_id, group_id),
    CHECK (left_at > joined_at)
);

CREATE TABLE crm.sessions (
    token char(64) PRIMARY KEY CHECK (token ~ '^[0-9a-f]{64}$'),
    customer_id bigint REFERENCES crm.customers (id),
    ip_address inet NOT NULL,
    user_agent text,
    started_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    CHECK (expires_at > started_at AND expires_at <= started_at + interval '90 days')
);

-- catalogue --------------------------------------------------------------------------------------------------------

CREATE TABLE catalog.brands (
    id serial PRIMARY KEY,
    name citext NOT NULL UNIQUE,
    slug public.slug NOT NULL UNIQUE,
    website text CHECK (website ~ '^https?://')
);

CREATE TABLE catalog.categories (
    id serial PRIMARY KEY,
    parent_id integer REFERENCES catalog.categories (id),
    name text NOT NULL,
    slug public.slug NOT NULL,
    position integer NOT NULL DEFAULT 0 CHECK (position >= 0),
    CHECK (parent_id IS DISTINCT FROM id)
);
CREATE UNIQUE INDEX categories_slug ON catalog.categories (coalesce(parent_id, 0), slug);

CREATE TABLE catalog.tax_classes (
    code text PRIMARY KEY CHECK (code IN ('standard', 'reduced', 'zero', 'exempt')),
    description text NOT NULL
);

CREATE TABLE catalog.products (
    id bigserial PRIMARY KEY,
    brand_id integer REFERENCES catalog.brands (id),
    category_id integer NOT NULL REFERENCES catalog.categories (id),
    tax_class text NOT NULL DEFAULT 'standard' REFERENCES catalog.tax_classes (code),
    name text NOT NULL CHECK (char_length(btrim(name)) >= 3),
    slug public.slug NOT NULL UNIQUE,
    description text,
    status catalog.product_status NOT NULL DEFAULT 'draft',
    attributes jsonb NOT NULL DEFAULT '{}' CHECK (catalog.valid_attributes(attributes)),
    tags text[] NOT NULL DEFAULT '{}' CHECK (cardinality(tags) <= 20),
    published_at timestamptz,
    discontinued_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple', name || ' ' || coalesce(description, ''))) STORED,
    CONSTRAINT active_is_published CHECK (status <> 'active' OR published_at IS NOT NULL),
    CONSTRAINT discontinued_has_moment CHECK ((status IN ('discontinued', 'archived')) = (discontinued_at IS NOT NULL)),
    CONSTRAINT published_before_discontinued CHECK (discontinued_at > published_at)
);
CREATE INDEX products_search ON catalog.products USING gin (search);

CREATE TABLE catalog.variants (
    id bigserial PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES catalog.products (id) ON DELETE CASCADE,
    sku catalog.sku NOT NULL UNIQUE,
    barcode catalog.gtin,
    title text NOT NULL,
    options jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(options) = 'array' AND jsonb_array_length(options) <= 3),
    size public.dimensions,
    weight_g integer CHECK (weight_g > 0),
    position smallint NOT NULL,
    list_price public.money_amount NOT NULL CHECK (list_price > 0),
    sale_price public.money_amount,
    cost public.money_amount,
    weight_kg numeric GENERATED ALWAYS AS (weight_g / 1000.0) VIRTUAL,
    UNIQUE (product_id, position),
    CHECK (sale_price IS NULL OR sale_price < list_price),
    CHECK (cost <= list_price)
);
CREATE UNIQUE INDEX variants_barcode ON catalog.variants (barcode) WHERE barcode IS NOT NULL;

CREATE TABLE catalog.product_images (
    id bigserial PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES catalog.products (id),
    variant_id bigint REFERENCES catalog.variants (id),
    url text NOT NULL CHECK (url LIKE 'https://%'),
    alt_text varchar(255),
    width integer NOT NULL CHECK (width BETWEEN 1 AND 10000),
    height integer NOT NULL CHECK (height BETWEEN 1 AND 10000),
    checksum bytea NOT NULL CHECK (octet_length(checksum) = 32),
    is_primary boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX one_primary_image ON catalog.product_images (product_id) WHERE is_primary;

CREATE TABLE catalog.price_periods (
    id bigserial PRIMARY KEY,
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    price public.money_amount NOT NULL,
    valid daterange NOT NULL CHECK (NOT isempty(valid) AND lower(valid) IS NOT NULL),
    CONSTRAINT no_two_prices_at_once EXCLUDE USING gist (variant_id WITH =, currency WITH =, valid WITH &&)
);

CREATE TABLE catalog.related_products (
    product_id bigint NOT NULL REFERENCES catalog.products (id),
    related_id bigint NOT NULL REFERENCES catalog.products (id),
    kind text NOT NULL CHECK (kind = ANY (ARRAY['cross_sell', 'up_sell', 'accessory'])),
    PRIMARY KEY (product_id, related_id, kind),
    CHECK (product_id < related_id)
);

CREATE TABLE catalog.reviews (
    id bigserial PRIMARY KEY,
    product_id bigint NOT NULL REFERENCES catalog.products (id),
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    rating smallint NOT NULL CHECK (rating BETWEEN 1 AND 5),
    title varchar(120),
    body text CHECK (length(body) <= 5000),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'approved', 'rejected')),
    moderated_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (product_id, customer_id),
    CHECK ((status = 'pending') = (moderated_at IS NULL)),
    CHECK (moderated_at >= created_at)
);

-- stock ------------------------------------------------------------------------------------------------------------

CREATE TABLE inventory.warehouses (
    id serial PRIMARY KEY,
    code char(4) NOT NULL UNIQUE CHECK (code ~ '^[A-Z]{3}\d$'),
    name text NOT NULL,
    country_code public.country_code NOT NULL REFERENCES public.countries (code),
    location point,
    opening_hours tstzmultirange,
    is_active boolean NOT NULL DEFAULT true
);

CREATE TABLE inventory.bins (
    warehouse_id integer NOT NULL REFERENCES inventory.warehouses (id),
    aisle char(1) NOT NULL CHECK (aisle BETWEEN 'A' AND 'Z'),
    shelf smallint NOT NULL CHECK (shelf > 0 AND shelf <= 40),
    capacity integer NOT NULL DEFAULT 100 CHECK (capacity > 0),
    PRIMARY KEY (warehouse_id, aisle, shelf)
);

CREATE TABLE inventory.stock_levels (
    warehouse_id integer NOT NULL REFERENCES inventory.warehouses (id),
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    on_hand integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    available integer GENERATED ALWAYS AS (on_hand - reserved) STORED,
    reorder_point integer,
    aisle char(1),
    shelf smallint,
    counted_at timestamptz,
    PRIMARY KEY (warehouse_id, variant_id),
    FOREIGN KEY (warehouse_id, aisle, shelf) REFERENCES inventory.bins (warehouse_id, aisle, shelf) MATCH SIMPLE,
    CHECK (reserved <= on_hand),
    CHECK ((aisle IS NULL) = (shelf IS NULL))
);

CREATE TABLE inventory.suppliers (
    id serial PRIMARY KEY,
    name text NOT NULL,
    email public.email_address,
    iban text CHECK (iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$' AND length(iban) <= 34),
    lead_time interval NOT NULL DEFAULT '7 days' CHECK (lead_time > interval '0'),
    payment_terms_days smallint NOT NULL DEFAULT 30 CHECK (payment_terms_days IN (0, 14, 30, 60, 90))
);
CREATE UNIQUE INDEX suppliers_name ON inventory.suppliers (lower(btrim(name)));

CREATE TABLE inventory.purchase_orders (
    id bigserial PRIMARY KEY,
    number varchar(20) NOT NULL UNIQUE CHECK (number ~ '^PO-\d{6}$'),
    supplier_id integer NOT NULL REFERENCES inventory.suppliers (id),
    warehouse_id integer NOT NULL REFERENCES inventory.warehouses (id),
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'sent', 'confirmed', 'received', 'cancelled')),
    ordered_on date,
    expected_on date,
    received_on date,
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    CHECK (state = 'draft' OR ordered_on IS NOT NULL),
    CHECK (state <> 'received' OR received_on IS NOT NULL),
    CHECK (expected_on >= ordered_on),
    CHECK (received_on >= ordered_on)
);

CREATE TABLE inventory.purchase_order_lines (
    purchase_order_id bigint NOT NULL REFERENCES inventory.purchase_orders (id) ON DELETE CASCADE,
    line_no smallint NOT NULL CHECK (line_no > 0),
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    quantity integer NOT NULL CHECK (quantity > 0),
    received_quantity integer NOT NULL DEFAULT 0,
    unit_cost public.money_amount NOT NULL,
    line_total numeric(14, 2) GENERATED ALWAYS AS (quantity * unit_cost) STORED,
    PRIMARY KEY (purchase_order_id, line_no),
    CHECK (received_quantity BETWEEN 0 AND quantity)
);

-- selling ----------------------------------------------------------------------------------------------------------

CREATE TABLE sales.coupons (
    id bigserial PRIMARY KEY,
    code varchar(24) NOT NULL CHECK (code = upper(code) AND code !~ '\s'),
    kind sales.discount_kind NOT NULL,
    percent_off public.percentage,
    amount_off public.money_amount,
    currency public.currency_code REFERENCES public.currencies (code),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz,
    max_redemptions integer CHECK (max_redemptions > 0),
    redemptions integer NOT NULL DEFAULT 0,
    archived_at timestamptz,
    CHECK (ends_at > starts_at),
    CHECK (redemptions >= 0 AND redemptions <= coalesce(max_redemptions, redemptions)),
    CONSTRAINT value_fits_kind CHECK (
        CASE kind
            WHEN 'percentage' THEN percent_off IS NOT NULL AND amount_off IS NULL
            WHEN 'fixed_amount' THEN amount_off IS NOT NULL AND currency IS NOT NULL AND percent_off IS NULL
            ELSE num_nonnulls(percent_off, amount_off) = 0
        END)
);
CREATE UNIQUE INDEX coupons_live_code ON sales.coupons (code) WHERE archived_at IS NULL;

CREATE TABLE sales.orders (
    id bigint GENERATED ALWAYS AS IDENTITY,
    placed_at timestamptz NOT NULL,
    number text NOT NULL DEFAULT sales.next_order_number() CHECK (number ~ '^SO-\d{4}-\d{8}$'),
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    shipping_address_id bigint NOT NULL,
    billing_address_id bigint,
    coupon_id bigint REFERENCES sales.coupons (id),
    status sales.order_status NOT NULL DEFAULT 'placed',
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    subtotal public.money_amount NOT NULL,
    discount public.money_amount NOT NULL DEFAULT 0,
    shipping public.money_amount NOT NULL DEFAULT 0,
    tax public.money_amount NOT NULL DEFAULT 0,
    total public.money_amount NOT NULL,
    paid_at timestamptz,
    shipped_at timestamptz,
    delivered_at timestamptz,
    cancelled_at timestamptz,
    note text,
    PRIMARY KEY (id, placed_at),
    UNIQUE (number, placed_at),
    FOREIGN KEY (customer_id, shipping_address_id) REFERENCES crm.addresses (customer_id, id),
    FOREIGN KEY (customer_id, billing_address_id) REFERENCES crm.addresses (customer_id, id),
    CONSTRAINT total_adds_up CHECK (total = subtotal - discount + shipping + tax),
    CONSTRAINT discount_within_subtotal CHECK (discount <= subtotal),
    CONSTRAINT paid_orders_have_moment CHECK (status NOT IN ('paid', 'picking', 'shipped', 'delivered') OR paid_at IS NOT NULL),
    CONSTRAINT shipped_orders_have_moment CHECK (status NOT IN ('shipped', 'delivered') OR shipped_at IS NOT NULL),
    CONSTRAINT delivered_orders_have_moment CHECK ((status = 'delivered') = (delivered_at IS NOT NULL)),
    CONSTRAINT cancelled_orders_have_moment CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK (placed_at <= paid_at AND paid_at <= shipped_at AND shipped_at <= delivered_at)
) PARTITION BY RANGE (placed_at);
CREATE TABLE sales.orders_2026_08 PARTITION OF sales.orders FOR VALUES FROM ('2026-08-01') TO ('2026-09-01');
CREATE TABLE sales.orders_2026_09 PARTITION OF sales.orders FOR VALUES FROM ('2026-09-01') TO ('2026-10-01');
CREATE TABLE sales.orders_2026_10 PARTITION OF sales.orders FOR VALUES FROM ('2026-10-01') TO ('2026-11-01');
CREATE TABLE sales.orders_2026_11 PARTITION OF sales.orders FOR VALUES FROM ('2026-11-01') TO ('2026-12-01');
CREATE TABLE sales.orders_2026_12 PARTITION OF sales.orders FOR VALUES FROM ('2026-12-01') TO ('2027-01-01');
CREATE INDEX orders_customer ON sales.orders (customer_id, placed_at DESC);

CREATE TABLE sales.order_lines (
    order_id bigint NOT NULL,
    order_placed_at timestamptz NOT NULL,
    line_no smallint NOT NULL CHECK (line_no BETWEEN 1 AND 500),
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price public.money_amount NOT NULL,
    discount public.money_amount NOT NULL DEFAULT 0,
    line_total public.money_amount NOT NULL,
    gift_message text,
    PRIMARY KEY (order_id, order_placed_at, line_no),
    FOREIGN KEY (order_id, order_placed_at) REFERENCES sales.orders (id, placed_at) ON DELETE CASCADE,
    CHECK (line_total = round(quantity * unit_price - discount, 2)),
    CHECK (discount <= quantity * unit_price)
);

CREATE TABLE sales.shipments (
    id bigserial PRIMARY KEY,
    order_id bigint NOT NULL,
    order_placed_at timestamptz NOT NULL,
    warehouse_id integer NOT NULL REFERENCES inventory.warehouses (id),
    carrier text NOT NULL CHECK (carrier IN ('dhl', 'ups', 'dpd', 'post', 'pickup')),
    tracking_number text,
    parcel_count smallint NOT NULL DEFAULT 1 CHECK (parcel_count >= 1),
    dispatched_at timestamptz,
    delivered_at timestamptz,
    FOREIGN KEY (order_id, order_placed_at) REFERENCES sales.orders (id, placed_at),
    CHECK (carrier = 'pickup' OR dispatched_at IS NULL OR tracking_number IS NOT NULL),
    CHECK (delivered_at >= dispatched_at)
);
CREATE UNIQUE INDEX shipments_tracking ON sales.shipments (carrier, lower(tracking_number)) WHERE tracking_number IS NOT NULL;

CREATE TABLE sales.shipment_lines (
    shipment_id bigint NOT NULL REFERENCES sales.shipments (id),
    order_id bigint NOT NULL,
    order_placed_at timestamptz NOT NULL,
    line_no smallint NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (shipment_id, order_id, order_placed_at, line_no),
    FOREIGN KEY (order_id, order_placed_at, line_no) REFERENCES sales.order_lines (order_id, order_placed_at, line_no)
);

CREATE TABLE sales.returns (
    id bigserial PRIMARY KEY,
    rma text NOT NULL UNIQUE CHECK (rma LIKE 'RMA-%' AND length(rma) = 12),
    order_id bigint NOT NULL,
    order_placed_at timestamptz NOT NULL,
    line_no smallint NOT NULL,
    quantity smallint NOT NULL DEFAULT 1 CHECK (quantity > 0),
    reason text NOT NULL CHECK (reason IN ('damaged', 'wrong_item', 'not_as_described', 'changed_mind', 'other')),
    comment text,
    requested_at timestamptz NOT NULL DEFAULT now(),
    received_at timestamptz CHECK (received_at >= requested_at),
    restock boolean NOT NULL DEFAULT true,
    FOREIGN KEY (order_id, order_placed_at, line_no) REFERENCES sales.order_lines (order_id, order_placed_at, line_no),
    CONSTRAINT other_needs_comment CHECK (reason <> 'other' OR length(trim(comment)) > 0),
    CONSTRAINT damaged_not_restocked CHECK (NOT (reason = 'damaged' AND restock))
);

CREATE TABLE sales.wishlists (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    name text NOT NULL DEFAULT 'My list',
    is_public boolean NOT NULL DEFAULT false,
    UNIQUE NULLS NOT DISTINCT (customer_id, name)
);

CREATE TABLE sales.wishlist_items (
    wishlist_id uuid NOT NULL REFERENCES sales.wishlists (id) ON DELETE CASCADE,
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    added_at timestamptz NOT NULL DEFAULT now(),
    desired_quantity smallint NOT NULL DEFAULT 1 CHECK (desired_quantity > 0 AND desired_quantity < 100),
    PRIMARY KEY (wishlist_id, variant_id)
);

CREATE TABLE inventory.stock_movements (
    id bigserial PRIMARY KEY,
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    kind inventory.movement_kind NOT NULL,
    from_warehouse_id integer REFERENCES inventory.warehouses (id),
    to_warehouse_id integer REFERENCES inventory.warehouses (id),
    quantity integer NOT NULL CHECK (quantity <> 0),
    unit_cost numeric(12, 4),
    purchase_order_id bigint,
    purchase_order_line_no smallint,
    shipment_id bigint REFERENCES sales.shipments (id),
    return_id bigint REFERENCES sales.returns (id),
    moved_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (purchase_order_id, purchase_order_line_no)
        REFERENCES inventory.purchase_order_lines (purchase_order_id, line_no) MATCH FULL,
    CONSTRAINT one_source CHECK (num_nonnulls(purchase_order_id, shipment_id, return_id) <= 1),
    CONSTRAINT transfer_has_both_ends CHECK (
        kind <> 'transfer' OR (from_warehouse_id IS NOT NULL AND to_warehouse_id IS NOT NULL
                               AND from_warehouse_id <> to_warehouse_id)),
    CONSTRAINT somewhere CHECK (from_warehouse_id IS NOT NULL OR to_warehouse_id IS NOT NULL),
    CONSTRAINT positive_unless_adjusted CHECK (kind = 'adjustment' OR quantity > 0)
);

-- billing ----------------------------------------------------------------------------------------------------------

CREATE TABLE billing.payment_methods (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    type text NOT NULL CHECK (type IN ('card', 'sepa', 'paypal', 'invoice')),
    card_brand text CHECK (card_brand IN ('visa', 'mastercard', 'amex')),
    card_last4 char(4) CHECK (card_last4 ~ '^\d{4}$'),
    card_exp_month smallint CHECK (card_exp_month BETWEEN 1 AND 12),
    card_exp_year smallint CHECK (card_exp_year >= 2020 AND card_exp_year < 2100),
    iban text,
    paypal_email public.email_address,
    provider_token text NOT NULL UNIQUE,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT details_fit_type CHECK (
        (type = 'card' AND card_brand IS NOT NULL AND card_last4 IS NOT NULL AND card_exp_month IS NOT NULL AND card_exp_year IS NOT NULL)
        OR (type = 'sepa' AND iban IS NOT NULL AND iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$' AND card_last4 IS NULL)
        OR (type = 'paypal' AND paypal_email IS NOT NULL AND card_last4 IS NULL)
        OR (type = 'invoice' AND iban IS NULL AND paypal_email IS NULL AND card_last4 IS NULL)),
    UNIQUE (customer_id, id)
);
CREATE UNIQUE INDEX one_default_method ON billing.payment_methods (customer_id) WHERE is_default;

CREATE TABLE billing.invoices (
    id bigserial PRIMARY KEY,
    number text NOT NULL UNIQUE DEFAULT ('INV' || to_char(nextval('billing.invoice_number_seq'), 'FM000000')),
    customer_id bigint NOT NULL REFERENCES crm.customers (id),
    order_id bigint,
    order_placed_at timestamptz,
    status billing.invoice_status NOT NULL DEFAULT 'draft',
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    issued_on date,
    due_on date,
    paid_on date,
    net public.money_amount NOT NULL,
    tax_rate public.percentage NOT NULL,
    tax public.money_amount NOT NULL,
    gross public.money_amount NOT NULL,
    corrects_invoice_id bigint UNIQUE REFERENCES billing.invoices (id),
    FOREIGN KEY (order_id, order_placed_at) REFERENCES sales.orders (id, placed_at) MATCH FULL,
    CONSTRAINT gross_adds_up CHECK (gross = net + tax),
    CONSTRAINT tax_fits_rate CHECK (abs(tax - net * tax_rate / 100) < 0.01),
    CONSTRAINT issued_unless_draft CHECK ((status = 'draft') = (issued_on IS NULL)),
    CONSTRAINT due_after_issue CHECK (due_on >= issued_on),
    CONSTRAINT paid_has_day CHECK (status <> 'paid' OR (paid_on IS NOT NULL AND paid_on >= issued_on))
);

CREATE TABLE billing.subscriptions (
    id bigserial PRIMARY KEY,
    customer_id bigint NOT NULL,
    payment_method_id bigint NOT NULL,
    variant_id bigint NOT NULL REFERENCES catalog.variants (id),
    "interval" text NOT NULL CHECK ("interval" IN ('week', 'month', 'quarter', 'year')),
    quantity smallint NOT NULL DEFAULT 1 CHECK (quantity > 0),
    current_period tstzrange NOT NULL CHECK (lower(current_period) < upper(current_period)),
    cancel_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (customer_id) REFERENCES crm.customers (id),
    FOREIGN KEY (customer_id, payment_method_id) REFERENCES billing.payment_methods (customer_id, id)
);
CREATE UNIQUE INDEX one_live_subscription ON billing.subscriptions (customer_id, variant_id) WHERE cancel_at IS NULL;

CREATE TABLE billing.gift_cards (
    id bigserial PRIMARY KEY,
    code char(16) NOT NULL UNIQUE CHECK (public.luhn_ok(code::text) AND length(code) = 16),
    initial_balance public.money_amount NOT NULL CHECK (initial_balance BETWEEN 5 AND 500),
    balance public.money_amount NOT NULL,
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    purchased_by bigint REFERENCES crm.customers (id),
    expires_on date,
    CHECK (balance <= initial_balance)
);

CREATE TABLE billing.payments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    invoice_id bigint REFERENCES billing.invoices (id),
    subscription_id bigint REFERENCES billing.subscriptions (id),
    gift_card_id bigint REFERENCES billing.gift_cards (id),
    payment_method_id bigint REFERENCES billing.payment_methods (id),
    status billing.payment_status NOT NULL DEFAULT 'pending',
    amount public.money_amount NOT NULL CHECK (amount > 0),
    fee public.money_amount NOT NULL DEFAULT 0,
    refunded_amount public.money_amount NOT NULL DEFAULT 0,
    currency public.currency_code NOT NULL REFERENCES public.currencies (code),
    idempotency_key text NOT NULL UNIQUE,
    failure_code text,
    provider_payload jsonb,
    created_at timestamptz NOT NULL DEFAULT now(),
    captured_at timestamptz,
    CONSTRAINT for_exactly_one_thing CHECK (
        (invoice_id IS NOT NULL)::int + (subscription_id IS NOT NULL)::int + (gift_card_id IS NOT NULL)::int = 1),
    CONSTRAINT failed_says_why CHECK ((status = 'failed') = (failure_code IS NOT NULL)),
    CONSTRAINT captured_has_moment CHECK (status <> 'captured' OR captured_at IS NOT NULL),
    CONSTRAINT refund_within_amount CHECK (refunded_amount <= amount AND (status <> 'refunded' OR refunded_amount > 0)),
    CHECK (fee < amount),
    CHECK (provider_payload IS NULL OR (provider_payload ? 'id' AND jsonb_typeof(provider_payload -> 'id') = 'string'))
);

CREATE TABLE billing.ledger_entries (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id uuid NOT NULL REFERENCES billing.payments (id),
    account text NOT NULL CHECK (account ~ '^[1-9]\d{3}$'),
    debit public.money_amount NOT NULL DEFAULT 0,
    credit public.money_amount NOT NULL DEFAULT 0,
    booked_on date NOT NULL DEFAULT CURRENT_DATE,
    CONSTRAINT one_side CHECK ((debit = 0) <> (credit = 0))
);

-- operations -------------------------------------------------------------------------------------------------------

CREATE TABLE ops.staff (
    id serial PRIMARY KEY,
    username name NOT NULL UNIQUE,
    email public.email_address NOT NULL UNIQUE,
    password_hash text NOT NULL CHECK (length(password_hash) >= 60),
    role text NOT NULL DEFAULT 'agent' CHECK (role IN ('agent', 'picker', 'manager', 'admin')),
    manager_id integer REFERENCES ops.staff (id),
    hired_on date NOT NULL,
    left_on date CHECK (left_on > hired_on),
    salary money
);

CREATE TABLE ops.tickets (
    id bigserial PRIMARY KEY,
    customer_id bigint REFERENCES crm.customers (id),
    contact_email public.email_address,
    assignee_id integer REFERENCES ops.staff (id),
    subject varchar(200) NOT NULL CHECK (subject <> ''),
    priority smallint NOT NULL DEFAULT 3 CHECK (priority >= 1 AND priority <= 5),
    state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'open', 'waiting', 'solved', 'closed')),
    opened_at timestamptz NOT NULL DEFAULT now(),
    solved_at timestamptz,
    satisfaction smallint CHECK (satisfaction BETWEEN 1 AND 5),
    CHECK (customer_id IS NOT NULL OR contact_email IS NOT NULL),
    CHECK (state NOT IN ('solved', 'closed') OR solved_at IS NOT NULL),
    CHECK (solved_at >= opened_at),
    CHECK (state = 'new' OR assignee_id IS NOT NULL),
    CHECK (satisfaction IS NULL OR state IN ('solved', 'closed'))
);

CREATE TABLE ops.ticket_messages (
    id bigserial PRIMARY KEY,
    ticket_id bigint NOT NULL REFERENCES ops.tickets (id),
    in_reply_to bigint REFERENCES ops.ticket_messages (id),
    author_customer_id bigint REFERENCES crm.customers (id),
    author_staff_id integer REFERENCES ops.staff (id),
    body text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((author_customer_id IS NULL) <> (author_staff_id IS NULL))
);

CREATE TABLE ops.events (
    id bigint GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL DEFAULT now(),
    name text NOT NULL CHECK (name ~ '^[a-z_]+\.[a-z_]+$'),
    customer_id bigint REFERENCES crm.customers (id),
    payload jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
    ip cidr,
    duration interval(3)
) PARTITION BY RANGE (occurred_at);
CREATE TABLE ops.events_2026_10 PARTITION OF ops.events FOR VALUES FROM ('2026-10-01 00:00+00') TO ('2026-11-01 00:00+00');
CREATE TABLE ops.events_2026_11 PARTITION OF ops.events FOR VALUES FROM ('2026-11-01 00:00+00') TO ('2026-12-01 00:00+00');
CREATE INDEX events_name ON ops.events (name, occurred_at);

-- what guards the books --------------------------------------------------------------------------------------------

CREATE FUNCTION sales.guard_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'orders are never deleted';
    END IF;
    IF EXISTS (SELECT FROM crm.customers WHERE id = NEW.customer_id AND blocked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'customer % is blocked', NEW.customer_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER orders_guard BEFORE INSERT OR DELETE ON sales.orders FOR EACH ROW EXECUTE FUNCTION sales.guard_order();

CREATE FUNCTION billing.guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('shop.booking_open', true) IS DISTINCT FROM 'yes' THEN
        RAISE EXCEPTION 'the books are closed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_guard BEFORE INSERT OR UPDATE OR DELETE ON billing.ledger_entries
    FOR EACH ROW EXECUTE FUNCTION billing.guard_ledger();

-- what people look at ----------------------------------------------------------------------------------------------

CREATE VIEW sales.open_orders AS
    SELECT o.id, o.number, o.placed_at, o.status, o.total, c.full_name
    FROM sales.orders AS o JOIN crm.customers AS c ON c.id = o.customer_id
    WHERE o.status IN ('placed', 'paid', 'picking');

CREATE MATERIALIZED VIEW sales.revenue_by_day AS
    SELECT placed_at::date AS day, currency, count(*) AS orders, sum(total) AS revenue, avg(total) AS average
    FROM sales.orders WHERE status <> 'cancelled' GROUP BY 1, 2;
CREATE UNIQUE INDEX revenue_by_day_key ON sales.revenue_by_day (day, currency);

CREATE MATERIALIZED VIEW catalog.product_ratings AS
    SELECT product_id, count(*) AS reviews, round(avg(rating), 2) AS rating
    FROM catalog.reviews WHERE status = 'approved' GROUP BY product_id;

COMMENT ON COLUMN crm.customers.vat_number IS 'EU VAT identification number, with the country prefix';
COMMENT ON TABLE billing.ledger_entries IS 'Double entry bookings; written by the month-end job only';
