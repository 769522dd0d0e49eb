-- Help desk: cycles over two and three tables that are not deferrable but have a nullable link.
CREATE TABLE customers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL,
  latest_ticket_id int
);
CREATE TABLE tickets (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id int NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  subject text NOT NULL,
  closed_at timestamptz
);
ALTER TABLE customers ADD FOREIGN KEY (latest_ticket_id) REFERENCES tickets (id) ON DELETE SET NULL;
CREATE TABLE agents (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  team_id int NOT NULL,
  nick text NOT NULL UNIQUE
);
CREATE TABLE teams (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  queue_id int,
  name text NOT NULL UNIQUE
);
CREATE TABLE queues (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_id int NOT NULL REFERENCES agents (id),
  label text NOT NULL
);
ALTER TABLE agents ADD FOREIGN KEY (team_id) REFERENCES teams (id);
ALTER TABLE teams ADD FOREIGN KEY (queue_id) REFERENCES queues (id);
-- both directions nullable, at least one given
CREATE TABLE rooms (
  id int PRIMARY KEY,
  key_holder int
);
CREATE TABLE room_keys (
  id int PRIMARY KEY,
  opens_room int REFERENCES rooms (id),
  spare_of int REFERENCES room_keys (id),
  CHECK (opens_room IS NOT NULL OR spare_of IS NOT NULL)
);
ALTER TABLE rooms ADD FOREIGN KEY (key_holder) REFERENCES room_keys (id);
