-- Payment provider: CHECKs that call own functions for check digits (IBAN, Luhn, EAN-13).
CREATE FUNCTION iban_ok(iban text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  turned text := substr(iban, 5) || left(iban, 4);
  rest int := 0;
  ch text;
BEGIN
  IF iban !~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' THEN
    RETURN false;
  END IF;
  FOREACH ch IN ARRAY regexp_split_to_array(turned, '') LOOP
    IF ch ~ '[A-Z]' THEN
      rest := (rest * 100 + ascii(ch) - 55) % 97;
    ELSE
      rest := (rest * 10 + ch::int) % 97;
    END IF;
  END LOOP;
  RETURN rest = 1;
END $$;
CREATE FUNCTION luhn_ok(digits text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  total int := 0;
  d int;
BEGIN
  FOR i IN 0 .. length(digits) - 1 LOOP
    d := substr(digits, length(digits) - i, 1)::int;
    IF i % 2 = 1 THEN
      d := d * 2;
      IF d > 9 THEN d := d - 9; END IF;
    END IF;
    total := total + d;
  END LOOP;
  RETURN total % 10 = 0;
END $$;
CREATE FUNCTION ean13_ok(code text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN (
  SELECT code ~ '^[0-9]{13}$'
     AND sum(substr(code, n, 1)::int * CASE WHEN n % 2 = 0 THEN 3 ELSE 1 END) % 10 = 0
  FROM generate_series(1, 13) AS n
);
CREATE TABLE payees (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  iban varchar(34) NOT NULL UNIQUE CHECK (iban_ok(iban))
);
CREATE TABLE payment_cards (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  payee_id int NOT NULL REFERENCES payees (id),
  pan text NOT NULL UNIQUE,
  CHECK (pan ~ '^4[0-9]{15}$' AND luhn_ok(pan))
);
CREATE TABLE products (
  ean char(13) PRIMARY KEY CHECK (ean13_ok(ean)),
  title text NOT NULL
);
CREATE TABLE purchases (
  id bigserial PRIMARY KEY,
  card_id int NOT NULL REFERENCES payment_cards (id),
  ean char(13) NOT NULL REFERENCES products (ean),
  bought_at timestamptz NOT NULL DEFAULT now()
);
