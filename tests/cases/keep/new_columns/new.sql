CREATE TABLE teams (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE users (id serial PRIMARY KEY, email text NOT NULL, created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL CHECK (updated_at >= created_at), team_id int NOT NULL REFERENCES teams,
    boss_id int NOT NULL REFERENCES users, code text NOT NULL UNIQUE, active boolean NOT NULL DEFAULT true,
    kind text NOT NULL CHECK (kind IN ('a', 'b')), score int NOT NULL DEFAULT -1 CHECK (score > 0));
