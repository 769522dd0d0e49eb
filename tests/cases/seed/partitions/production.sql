-- Partitions by range, list and hash, with and without a default, nested.
CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY, occurred_at timestamptz NOT NULL, kind text NOT NULL, payload jsonb, PRIMARY KEY (id, occurred_at)) PARTITION BY RANGE (occurred_at);
CREATE TABLE events_2026_01 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE events_2026_02 PARTITION OF events FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE orders (id int NOT NULL, region text NOT NULL, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
CREATE TABLE orders_eu PARTITION OF orders FOR VALUES IN ('eu', 'uk');
CREATE TABLE orders_us PARTITION OF orders FOR VALUES IN ('us');
CREATE TABLE hashed (id int PRIMARY KEY, note text) PARTITION BY HASH (id);
CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE hashed_1 PARTITION OF hashed FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE numbers (n int NOT NULL, t text) PARTITION BY RANGE (n);
CREATE TABLE numbers_a PARTITION OF numbers FOR VALUES FROM (100) TO (200);
CREATE TABLE numbers_b PARTITION OF numbers FOR VALUES FROM (200) TO (250);
CREATE TABLE nested (day date NOT NULL, region text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE nested_2026 PARTITION OF nested FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region);
CREATE TABLE nested_2026_a PARTITION OF nested_2026 FOR VALUES IN ('a');
CREATE TABLE nested_2026_b PARTITION OF nested_2026 FOR VALUES IN ('b');
CREATE TABLE rest (id int, region text) PARTITION BY LIST (region);
CREATE TABLE rest_a PARTITION OF rest FOR VALUES IN ('a');
CREATE TABLE rest_default PARTITION OF rest DEFAULT;
CREATE TABLE event_notes (id serial PRIMARY KEY, event_id bigint NOT NULL, event_at timestamptz NOT NULL, note text, FOREIGN KEY (event_id, event_at) REFERENCES events (id, occurred_at));
-- one partition wants a value that its root does not
CREATE TABLE readings (kind text NOT NULL, level int) PARTITION BY LIST (kind);
CREATE TABLE readings_full PARTITION OF readings (level NOT NULL, CHECK (level > 0)) FOR VALUES IN ('full');
CREATE TABLE readings_part PARTITION OF readings FOR VALUES IN ('part');
