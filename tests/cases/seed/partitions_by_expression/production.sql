-- Call centre: partition keys that are expressions, keys across partitions, foreign keys between partitioned tables.
CREATE TABLE calls (
  id bigint NOT NULL,
  caller text NOT NULL,
  started timestamp NOT NULL,
  seconds int NOT NULL CHECK (seconds >= 0)
) PARTITION BY RANGE ((extract(year FROM started)));
CREATE TABLE calls_2023 PARTITION OF calls FOR VALUES FROM (2023) TO (2024);
CREATE TABLE calls_2024 PARTITION OF calls FOR VALUES FROM (2024) TO (2025);
CREATE UNIQUE INDEX ON calls_2024 (id);
CREATE TABLE words (
  word text NOT NULL CHECK (word ~ '^[a-z]+$'),
  hits int NOT NULL
) PARTITION BY LIST (left(word, 1));
CREATE TABLE words_ab PARTITION OF words FOR VALUES IN ('a', 'b');
CREATE TABLE words_c PARTITION OF words FOR VALUES IN ('c');
CREATE TABLE agents (
  region int NOT NULL CHECK (region BETWEEN 1 AND 9),
  agent_no int NOT NULL,
  name text NOT NULL,
  badge text NOT NULL,
  PRIMARY KEY (region, agent_no),
  UNIQUE (badge, region)
) PARTITION BY LIST (region);
CREATE TABLE agents_low PARTITION OF agents FOR VALUES IN (1, 2, 3);
CREATE TABLE agents_high PARTITION OF agents FOR VALUES IN (7, 9);
CREATE TABLE duty (
  region int NOT NULL,
  agent_no int NOT NULL,
  day date NOT NULL,
  hours numeric(3,1) NOT NULL CHECK (hours BETWEEN 0.5 AND 12),
  PRIMARY KEY (region, agent_no, day),
  FOREIGN KEY (region, agent_no) REFERENCES agents (region, agent_no)
) PARTITION BY HASH (region, agent_no);
CREATE TABLE duty_0 PARTITION OF duty FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE duty_1 PARTITION OF duty FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE flags (
  open boolean NOT NULL,
  note text NOT NULL
) PARTITION BY LIST (open);
CREATE TABLE flags_open PARTITION OF flags FOR VALUES IN (true);
-- a bucket that only some uuids fall into
CREATE FUNCTION bucket(uuid) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT ('x' || left($1::text, 2))::bit(8)::int % 4 $$;
CREATE TABLE parcels (id uuid NOT NULL, n int) PARTITION BY LIST (bucket(id));
CREATE TABLE parcels_odd PARTITION OF parcels FOR VALUES IN (1, 3);
