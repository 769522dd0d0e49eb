-- Many to many with composite primary keys, one to one, and small domains.
CREATE TYPE permission AS ENUM ('read', 'write', 'admin');
CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE TABLE groups (id int PRIMARY KEY, name text UNIQUE);
CREATE TABLE memberships (user_id int REFERENCES users, group_id int REFERENCES groups, since date NOT NULL, PRIMARY KEY (user_id, group_id));
CREATE TABLE profiles (user_id int PRIMARY KEY REFERENCES users, bio text, avatar_url text);
CREATE TABLE grants (user_id int NOT NULL REFERENCES users, permission permission NOT NULL, UNIQUE (user_id, permission));
CREATE TABLE flags (enabled boolean UNIQUE NOT NULL, note text);
CREATE TABLE daily (user_id int NOT NULL REFERENCES users, day date NOT NULL, steps int NOT NULL CHECK (steps >= 0), PRIMARY KEY (user_id, day));
CREATE TABLE follows (follower int REFERENCES users, followed int REFERENCES users, PRIMARY KEY (follower, followed), CHECK (follower <> followed));
CREATE TABLE ranks (user_id int REFERENCES users, group_id int REFERENCES groups, place int NOT NULL, UNIQUE (user_id, group_id), UNIQUE (group_id, place));
CREATE TABLE friendships (user_a int REFERENCES users, user_b int REFERENCES users, PRIMARY KEY (user_a, user_b), CHECK (user_a < user_b));
CREATE TABLE transfers (id serial PRIMARY KEY, from_user int NOT NULL REFERENCES users, to_user int NOT NULL REFERENCES users, amount numeric(8,2) NOT NULL CHECK (amount > 0), CHECK (from_user <> to_user));
