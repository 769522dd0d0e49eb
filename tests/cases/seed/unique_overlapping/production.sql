-- Car rental: single, composite and several overlapping unique constraints on one table.
CREATE TABLE vehicles (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  vin char(17) NOT NULL UNIQUE CHECK (vin ~ '^[A-HJ-NPR-Z0-9]{17}$'),
  plate_country char(2) NOT NULL,
  plate text NOT NULL,
  fleet_no int UNIQUE,
  UNIQUE (plate_country, plate)
);
CREATE TABLE renters (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL CONSTRAINT renters_email_uq UNIQUE,
  phone text UNIQUE,
  passport_country char(2),
  passport_no text,
  UNIQUE (passport_country, passport_no),
  CHECK ((passport_country IS NULL) = (passport_no IS NULL))
);
CREATE TABLE rentals (
  id int PRIMARY KEY,
  vehicle_id int NOT NULL REFERENCES vehicles (id),
  renter_id int NOT NULL REFERENCES renters (id),
  day date NOT NULL,
  bay smallint NOT NULL CHECK (bay BETWEEN 1 AND 12),
  contract_no text NOT NULL UNIQUE,
  -- one car a day, one renter a day, one bay a day
  UNIQUE (vehicle_id, day),
  UNIQUE (renter_id, day),
  UNIQUE (bay, day),
  -- and the same pair never twice in the same bay
  UNIQUE (vehicle_id, renter_id, bay)
);
CREATE TABLE invoices (
  rental_id int NOT NULL UNIQUE REFERENCES rentals (id),
  year smallint NOT NULL CHECK (year BETWEEN 2000 AND 2099),
  running_no int NOT NULL CHECK (running_no > 0),
  reference text UNIQUE DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (year, running_no)
);
