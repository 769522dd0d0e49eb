CREATE EXTENSION citext; CREATE TABLE t (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), email citext NOT NULL, deleted_at timestamptz); CREATE UNIQUE INDEX ON t (email) WHERE deleted_at IS NULL;
