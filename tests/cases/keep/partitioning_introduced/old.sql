CREATE TABLE events (id bigint NOT NULL, at date NOT NULL, kind text, PRIMARY KEY (id, at));
INSERT INTO events SELECT n, date '2026-01-01' + n, 'k' FROM generate_series(1, 90) n;
INSERT INTO events VALUES (1000, '2020-01-01', 'old');
