-- Property management: two routes from a child to one grandparent, which must
-- meet in the same row; and a diamond whose two routes may differ.
CREATE TABLE landlords (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE buildings (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  landlord_id int NOT NULL REFERENCES landlords (id),
  address text NOT NULL,
  UNIQUE (id, landlord_id)
);
CREATE TABLE bank_accounts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  landlord_id int NOT NULL REFERENCES landlords (id),
  iban text NOT NULL UNIQUE,
  UNIQUE (id, landlord_id)
);
CREATE TABLE flats (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  building_id int NOT NULL REFERENCES buildings (id),
  door text NOT NULL,
  UNIQUE (building_id, door),
  UNIQUE (id, building_id)
);
-- the rent of a building goes to an account of the building's landlord
CREATE TABLE leases (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  landlord_id int NOT NULL,
  building_id int NOT NULL,
  flat_id int NOT NULL,
  account_id int NOT NULL,
  rent numeric(8,2) NOT NULL CHECK (rent > 0),
  FOREIGN KEY (building_id, landlord_id) REFERENCES buildings (id, landlord_id),
  FOREIGN KEY (account_id, landlord_id) REFERENCES bank_accounts (id, landlord_id),
  FOREIGN KEY (flat_id, building_id) REFERENCES flats (id, building_id)
);
CREATE TABLE visits (
  flat_id int NOT NULL REFERENCES flats (id),
  lease_id bigint NOT NULL REFERENCES leases (id),
  guest_landlord_id int REFERENCES landlords (id),
  visited_on date NOT NULL,
  PRIMARY KEY (flat_id, lease_id, visited_on)
);
