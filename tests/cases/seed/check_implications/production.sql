-- Order handling: implications between a state and other columns, one-way and both ways.
CREATE TABLE clerks (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  retired boolean NOT NULL DEFAULT false,
  retired_on date,
  CHECK (retired = (retired_on IS NOT NULL))
);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  status text NOT NULL CHECK (status IN ('draft', 'placed', 'paid', 'shipped', 'cancelled')),
  placed_at timestamptz,
  paid_at timestamptz,
  shipped_at timestamptz,
  tracking_no text,
  cancel_reason text,
  cancelled_by int REFERENCES clerks (id),
  CHECK (status <> 'placed' OR placed_at IS NOT NULL),
  CHECK (status NOT IN ('paid', 'shipped') OR (placed_at IS NOT NULL AND paid_at IS NOT NULL)),
  CHECK ((status = 'shipped') = (shipped_at IS NOT NULL)),
  CHECK (shipped_at IS NULL OR tracking_no ~ '^[A-Z]{2}[0-9]{9}[A-Z]{2}$'),
  CHECK ((status = 'shipped') = (tracking_no IS NOT NULL)),
  CHECK ((status = 'cancelled' AND cancel_reason IS NOT NULL AND cancelled_by IS NOT NULL)
      OR (status <> 'cancelled' AND cancel_reason IS NULL AND cancelled_by IS NULL)),
  CHECK (status != 'draft' OR num_nonnulls(placed_at, paid_at, shipped_at) = 0),
  CHECK (paid_at >= placed_at AND shipped_at >= paid_at)
);
CREATE TABLE refunds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint NOT NULL REFERENCES orders (id),
  kind text NOT NULL CHECK (kind IN ('full', 'partial', 'goodwill')),
  percent smallint CHECK (percent BETWEEN 1 AND 99),
  approved_by int REFERENCES clerks (id),
  amount numeric(8,2) NOT NULL CHECK (amount > 0),
  CHECK (CASE WHEN kind = 'partial' THEN percent IS NOT NULL ELSE percent IS NULL END),
  CHECK (NOT (amount > 500 AND approved_by IS NULL)),
  CHECK (kind <> 'goodwill' OR amount <= 50)
);
CREATE TABLE notices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_id bigint REFERENCES orders (id),
  channel text NOT NULL CHECK (channel IN ('mail', 'sms', 'post')),
  email text, phone text, street text, town text,
  CHECK (channel <> 'mail' OR email LIKE '%_@_%._%'),
  CHECK (channel = 'mail' OR email IS NULL),
  CHECK ((channel = 'sms') = (phone IS NOT NULL)),
  CHECK ((channel = 'post') = (street IS NOT NULL AND town IS NOT NULL))
);
