-- Gym chain: unique constraints over tiny domains (enum, boolean, enum x enum, enum x FK).
CREATE TYPE tier AS ENUM ('basic', 'plus', 'premium');
CREATE TYPE season AS ENUM ('spring', 'summer', 'autumn', 'winter');
CREATE TABLE gyms (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  city text NOT NULL
);
CREATE TABLE gym_tiers (
  gym_id int NOT NULL REFERENCES gyms (id),
  tier tier NOT NULL,
  max_members int NOT NULL CHECK (max_members >= 10),
  PRIMARY KEY (gym_id, tier)
);
CREATE TABLE feature_flags (
  enabled boolean NOT NULL UNIQUE,
  description text NOT NULL
);
CREATE TABLE price_matrix (
  tier tier NOT NULL,
  season season NOT NULL,
  monthly numeric(6,2) NOT NULL CHECK (monthly BETWEEN 9.90 AND 199),
  UNIQUE (season, tier)
);
CREATE TABLE opening_hours (
  weekday int NOT NULL UNIQUE CHECK (weekday >= 0 AND weekday < 7),
  opens time NOT NULL,
  closes time NOT NULL CHECK (closes > opens)
);
CREATE TABLE singleton_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  currency char(3) NOT NULL DEFAULT 'EUR'
);
CREATE TABLE lockers (
  gym_id int NOT NULL,
  tier tier NOT NULL,
  side "char" NOT NULL CHECK (side IN ('L', 'R')),
  wet boolean NOT NULL,
  PRIMARY KEY (gym_id, tier, side, wet),
  FOREIGN KEY (gym_id, tier) REFERENCES gym_tiers (gym_id, tier)
);
