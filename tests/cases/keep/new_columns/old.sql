CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, created_at timestamptz NOT NULL);
INSERT INTO users (email, created_at) SELECT format('u%s@example.com', n), now() FROM generate_series(1, 50) n;
