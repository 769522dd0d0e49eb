CREATE TABLE users (id int, name text);
COMMENT ON TABLE users IS 'Those who sign in.';
COMMENT ON COLUMN users.name IS 'To be dropped.';
CREATE VIEW names AS SELECT name FROM users;
CREATE INDEX users_name ON users (name);
