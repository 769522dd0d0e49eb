-- Web analytics: range, list and hash partitions, some without a default partition.
CREATE TABLE sites (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  domain text NOT NULL UNIQUE
);
-- no default: only 2024 and the first half of 2025 can be stored
CREATE TABLE page_views (
  site_id int NOT NULL REFERENCES sites (id),
  seen_on date NOT NULL,
  path text NOT NULL CHECK (path LIKE '/%'),
  views int NOT NULL DEFAULT 1 CHECK (views > 0),
  PRIMARY KEY (site_id, seen_on, path)
) PARTITION BY RANGE (seen_on);
CREATE TABLE page_views_2024 PARTITION OF page_views FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE page_views_2025a PARTITION OF page_views FOR VALUES FROM ('2025-01-01') TO ('2025-07-01');
-- list without default, one partition for NULL
CREATE TABLE visitors (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  continent text,
  first_seen timestamptz NOT NULL DEFAULT now()
) PARTITION BY LIST (continent);
CREATE TABLE visitors_eu PARTITION OF visitors FOR VALUES IN ('EU');
CREATE TABLE visitors_am PARTITION OF visitors FOR VALUES IN ('NA', 'SA');
CREATE TABLE visitors_unknown PARTITION OF visitors FOR VALUES IN (NULL, 'XX');
CREATE TABLE sessions (
  id bigint NOT NULL,
  site_id int NOT NULL REFERENCES sites (id),
  seconds int NOT NULL CHECK (seconds BETWEEN 0 AND 86400),
  PRIMARY KEY (id)
) PARTITION BY HASH (id);
CREATE TABLE sessions_0 PARTITION OF sessions FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE sessions_1 PARTITION OF sessions FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE sessions_3 PARTITION OF sessions FOR VALUES WITH (MODULUS 4, REMAINDER 3);
-- range over two columns with MINVALUE, MAXVALUE
CREATE TABLE scores (
  bucket int NOT NULL,
  score numeric(6,2) NOT NULL,
  session_id bigint NOT NULL REFERENCES sessions (id)
) PARTITION BY RANGE (bucket, score);
CREATE TABLE scores_low PARTITION OF scores FOR VALUES FROM (MINVALUE, MINVALUE) TO (5, 50);
CREATE TABLE scores_mid PARTITION OF scores FOR VALUES FROM (5, 50) TO (8, MAXVALUE);
