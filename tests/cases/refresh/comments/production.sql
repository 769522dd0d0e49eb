CREATE TABLE users (id int, name text);
COMMENT ON TABLE users IS E'Those who sign in;\nand "others", 100% of it''s \\ backslash.';
COMMENT ON COLUMN users.id IS '-- not SQL; DROP TABLE users';
CREATE VIEW names AS SELECT name FROM users;
COMMENT ON VIEW names IS 'A view''s.';
COMMENT ON COLUMN names.name IS 'A view''s column.';
CREATE INDEX users_name ON users (name);
COMMENT ON INDEX users_name IS 'An index''s.';
