-- Self references, optional and required, and circles over several tables.
CREATE TABLE categories (id serial PRIMARY KEY, parent_id int REFERENCES categories, name text NOT NULL, CHECK (parent_id <> id), UNIQUE (parent_id, name));
CREATE TABLE nodes (id uuid PRIMARY KEY, root_id uuid NOT NULL REFERENCES nodes, created_at timestamp NOT NULL);
CREATE TABLE chain (id bigint PRIMARY KEY, next_id bigint UNIQUE REFERENCES chain);
CREATE TABLE teams (id serial PRIMARY KEY, name text, lead_id int NOT NULL);
CREATE TABLE members (id serial PRIMARY KEY, team_id int NOT NULL REFERENCES teams DEFERRABLE INITIALLY DEFERRED, name text);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES members DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE closure (ancestor int REFERENCES categories, descendant int REFERENCES categories, depth int NOT NULL CHECK (depth >= 0), PRIMARY KEY (ancestor, descendant));
