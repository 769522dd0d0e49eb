-- Self references, optional and required, and circles over several tables.
CREATE TABLE categories (id serial PRIMARY KEY, parent_id int REFERENCES categories, name text NOT NULL, CHECK (parent_id <> id), UNIQUE (parent_id, name));
CREATE TABLE nodes (id uuid PRIMARY KEY, root_id uuid NOT NULL REFERENCES nodes, created_at timestamp NOT NULL);
CREATE TABLE chain (id bigint PRIMARY KEY, next_id bigint UNIQUE REFERENCES chain);
CREATE TABLE teams (id serial PRIMARY KEY, name text, lead_id int NOT NULL);
CREATE TABLE members (id serial PRIMARY KEY, team_id int NOT NULL REFERENCES teams DEFERRABLE INITIALLY DEFERRED, name text);
ALTER TABLE teams ADD FOREIGN KEY (lead_id) REFERENCES members DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE closure (ancestor int REFERENCES categories, descendant int REFERENCES categories, depth int NOT NULL CHECK (depth >= 0), PRIMARY KEY (ancestor, descendant));
CREATE TABLE buddies (id int PRIMARY KEY, buddy_id int NOT NULL UNIQUE REFERENCES buddies, since timestamptz NOT NULL, CHECK (buddy_id <> id));
CREATE TABLE peers (id int PRIMARY KEY, reviewer_id int NOT NULL REFERENCES peers, created_at timestamptz NOT NULL, CHECK (reviewer_id <> id));
CREATE TABLE tenants (id int PRIMARY KEY);
CREATE TABLE boards (tenant_id int REFERENCES tenants, id int, first_card int NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE cards (tenant_id int REFERENCES tenants, id int, list_id int NOT NULL, PRIMARY KEY (tenant_id, id));
CREATE TABLE lists (tenant_id int REFERENCES tenants, id int, board_id int NOT NULL, PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, board_id) REFERENCES boards);
ALTER TABLE boards ADD FOREIGN KEY (tenant_id, first_card) REFERENCES cards;
ALTER TABLE cards ADD FOREIGN KEY (tenant_id, list_id) REFERENCES lists;
-- keys to rows beside one's own that may point at nothing, where nothing else is known to help
CREATE TABLE links (id int PRIMARY KEY, list int NOT NULL, previous int UNIQUE CHECK (previous <> id), UNIQUE (list, id), FOREIGN KEY (list, previous) REFERENCES links (list, id));
CREATE UNIQUE INDEX ON links (list) WHERE previous IS NULL;
CREATE TABLE persons (id int PRIMARY KEY);
CREATE TABLE circles (id int PRIMARY KEY);
CREATE TABLE circled (person int REFERENCES persons, circle int REFERENCES circles, invited_by int REFERENCES persons CHECK (invited_by <> person), PRIMARY KEY (person, circle), FOREIGN KEY (invited_by, circle) REFERENCES circled (person, circle));
