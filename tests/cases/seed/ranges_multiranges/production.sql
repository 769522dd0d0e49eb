-- Tariff desk: all built-in ranges and multiranges, own range types, CHECKs on bounds.
CREATE TYPE timerange AS RANGE (subtype = time);
CREATE TYPE pricerange AS RANGE (subtype = numeric, multirange_type_name = pricebands);
CREATE TABLE tariffs (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  valid daterange NOT NULL CHECK (NOT isempty(valid)),
  weight_g int4range NOT NULL CHECK (lower(weight_g) >= 0 AND upper(weight_g) <= 31500),
  parcel_nos int8range NOT NULL,
  price numrange NOT NULL CHECK (lower(price) > 0 AND NOT upper_inf(price)),
  UNIQUE (valid, weight_g)
);
CREATE TABLE counters (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  open_hours timerange NOT NULL CHECK (lower(open_hours) >= '06:00' AND upper(open_hours) <= '22:00'),
  surge pricerange CHECK (surge <@ '[0,100)'::pricerange),
  bands pricebands NOT NULL DEFAULT '{[1,2),[3,4)}',
  quiet tsrange NOT NULL CHECK (lower_inc(quiet) AND NOT upper_inc(quiet)),
  always_open tstzrange NOT NULL DEFAULT '(,)'
);
CREATE TABLE closures (
  counter_id int PRIMARY KEY REFERENCES counters (id),
  days datemultirange NOT NULL CHECK (NOT isempty(days) AND days <@ '{[2024-01-01,2027-01-01)}'::datemultirange),
  moments tstzmultirange,
  spans tsmultirange CHECK (upper(spans) > lower(spans)),
  ids int4multirange NOT NULL DEFAULT '{}',
  big int8multirange,
  nums nummultirange CHECK (nums && '{[0,10]}'::nummultirange)
);
CREATE TABLE quotes (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tariff_id int NOT NULL REFERENCES tariffs (id),
  counter_id int NOT NULL REFERENCES counters (id),
  quoted_on date NOT NULL,
  holds daterange NOT NULL,
  CHECK (holds @> quoted_on),
  CHECK (upper(holds) - lower(holds) = 14)
);
