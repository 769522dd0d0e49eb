CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, nick text);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int REFERENCES users, body text);
CREATE TABLE dropped (a int);
INSERT INTO users (email, nick) VALUES ('a@example.com', 'a'), ('b@example.com', NULL), ('a@example.com', 'again');
INSERT INTO posts (user_id, body) VALUES (1, 'one'), (2, 'two'), (3, 'three'), (NULL, 'none');
INSERT INTO dropped VALUES (1), (2);
