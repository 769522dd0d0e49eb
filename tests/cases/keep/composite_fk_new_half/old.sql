CREATE TABLE org (id int PRIMARY KEY); CREATE TABLE usr (id int PRIMARY KEY, org int NOT NULL REFERENCES org); CREATE TABLE doc (id int PRIMARY KEY, org int NOT NULL);
INSERT INTO org VALUES (10), (20), (30); INSERT INTO usr SELECT n, 10 * (1 + n % 3) FROM generate_series(1, 12) n; INSERT INTO doc SELECT n, 10 * (1 + n % 3) FROM generate_series(1, 20) n;
