CREATE TABLE t (id int PRIMARY KEY, at timestamptz, d timestamp, updated_at timestamptz NOT NULL);
