-- Shop floor: virtual generated columns, with CHECKs and NOT NULL on them, beside stored ones.
CREATE TABLE machines (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plant text NOT NULL CHECK (plant IN ('north', 'south')),
  no int NOT NULL CHECK (no > 0),
  code text GENERATED ALWAYS AS (upper(plant) || '-' || no) VIRTUAL,
  UNIQUE (plant, no),
  CHECK (length(code) <= 12)
);
CREATE TABLE runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  machine_id int NOT NULL REFERENCES machines (id),
  started timestamp NOT NULL,
  stopped timestamp NOT NULL,
  lasted interval GENERATED ALWAYS AS (stopped - started),
  good int NOT NULL CHECK (good >= 0),
  bad int NOT NULL CHECK (bad >= 0),
  total int GENERATED ALWAYS AS (good + bad) VIRTUAL CHECK (total BETWEEN 1 AND 100000),
  yield numeric GENERATED ALWAYS AS (round(good * 100.0 / nullif(good + bad, 0), 1)) VIRTUAL NOT NULL,
  CHECK (lasted > '0' AND lasted <= '12 hours'),
  CHECK (yield >= 50)
);
CREATE TABLE faults (
  run_id bigint NOT NULL REFERENCES runs (id),
  raw_code int NOT NULL,
  severity int GENERATED ALWAYS AS (raw_code / 1000) VIRTUAL,
  family text GENERATED ALWAYS AS (CASE WHEN raw_code % 2 = 0 THEN 'electric' ELSE 'mechanic' END) VIRTUAL,
  key text GENERATED ALWAYS AS ('F' || raw_code) STORED UNIQUE,
  PRIMARY KEY (run_id, raw_code),
  CHECK (severity IN (1, 2, 3)),
  CHECK (family <> 'mechanic' OR severity < 3)
);
