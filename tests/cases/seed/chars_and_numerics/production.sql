-- Metal trader: char(n), varchar(n), numeric with scale, negative scale and scale > precision, time precision.
CREATE TABLE metals (
  symbol char(2) PRIMARY KEY,
  name varchar(16) NOT NULL UNIQUE,
  density numeric(5,3) NOT NULL CHECK (density > 0),
  trace_share numeric(2,5) NOT NULL,
  world_tons numeric(4,-3) NOT NULL CHECK (world_tons >= 1000),
  any_number numeric NOT NULL DEFAULT 3.14159265358979323846,
  tiny smallint NOT NULL CHECK (tiny <> 0)
);
CREATE TABLE quotes (
  metal char(2) NOT NULL REFERENCES metals (symbol),
  quoted_at timestamp(0) NOT NULL,
  price numeric(9,4) NOT NULL CHECK (price >= 0.0001),
  change_pct numeric(3,1) NOT NULL CHECK (change_pct > -100),
  ratio real NOT NULL CHECK (ratio > 0 AND ratio < 'infinity'),
  score float(30) NOT NULL CHECK (score <> 'NaN'),
  PRIMARY KEY (metal, quoted_at)
);
CREATE TABLE deals (
  id char(10) PRIMARY KEY CHECK (id ~ '^[A-Z]{3}[0-9]{7}$'),
  metal char(2) NOT NULL REFERENCES metals (symbol),
  closes timetz NOT NULL DEFAULT '17:00+01',
  opens time(3) NOT NULL,
  stamp timestamptz(3) NOT NULL DEFAULT now(),
  lots numeric(3) NOT NULL CHECK (lots > 0),
  flag char NOT NULL CHECK (flag IN ('Y', 'N')),
  memo varchar NOT NULL,
  padded char(5) NOT NULL UNIQUE
);
CREATE TABLE storage_fees (
  deal_id char(10) NOT NULL REFERENCES deals (id),
  year smallint NOT NULL CHECK (year BETWEEN 1990 AND 2099),
  hundreds numeric(5,-2) NOT NULL,
  tenth numeric(2,1) NOT NULL,
  parts numeric(3,5) NOT NULL CHECK (parts > 0),
  PRIMARY KEY (deal_id, year),
  CHECK (hundreds % 100 = 0 AND hundreds > 0)
);
