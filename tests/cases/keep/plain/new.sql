CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL UNIQUE, nick text);
CREATE TABLE posts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id int REFERENCES users, body text);
CREATE TABLE likes (id serial PRIMARY KEY, post_id bigint NOT NULL REFERENCES posts);
