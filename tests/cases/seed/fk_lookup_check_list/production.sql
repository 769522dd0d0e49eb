-- Airline: parents whose rows are limited by CHECK lists, so children are limited too.
CREATE TABLE seat_classes (
  code char(1) PRIMARY KEY CHECK (code IN ('F', 'J', 'W', 'Y')),
  label text NOT NULL
);
CREATE TABLE airports (
  iata char(3) PRIMARY KEY CHECK (iata = ANY (ARRAY['FRA', 'ZRH', 'LHR', 'CDG', 'AMS', 'VIE'])),
  city text NOT NULL
);
CREATE TABLE routes (
  origin char(3) NOT NULL REFERENCES airports (iata),
  destination char(3) NOT NULL REFERENCES airports (iata),
  distance_km int NOT NULL CHECK (distance_km > 0),
  PRIMARY KEY (origin, destination),
  CHECK (origin <> destination)
);
CREATE TABLE fares (
  origin char(3) NOT NULL,
  destination char(3) NOT NULL,
  class char(1) NOT NULL REFERENCES seat_classes (code),
  amount numeric(8,2) NOT NULL CHECK (amount >= 19),
  PRIMARY KEY (origin, destination, class),
  FOREIGN KEY (origin, destination) REFERENCES routes (origin, destination)
);
CREATE TABLE tickets (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  origin char(3) NOT NULL,
  destination char(3) NOT NULL,
  class char(1) NOT NULL,
  passenger text NOT NULL,
  lounge boolean NOT NULL DEFAULT false,
  FOREIGN KEY (origin, destination, class) REFERENCES fares (origin, destination, class),
  -- the lounge is for the front of the aircraft
  CHECK (NOT lounge OR class IN ('F', 'J'))
);
