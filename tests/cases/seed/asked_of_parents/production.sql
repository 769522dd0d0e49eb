-- What children ask of their parents: values that a child's own CHECK lists for part of a key, and queues that exist
-- because partitions are named for them.
CREATE TABLE grants (
  tenant_id int NOT NULL,
  model text NOT NULL,
  grant_id text NOT NULL,
  issued_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, model, grant_id)
);
CREATE TABLE session_snapshots (
  tenant_id int NOT NULL,
  model text NOT NULL CHECK (model = 'Session'),
  grant_id text NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, model, grant_id),
  FOREIGN KEY (tenant_id, model, grant_id) REFERENCES grants
);
CREATE TABLE queues (
  name text PRIMARY KEY,
  retry_limit int NOT NULL CHECK (retry_limit BETWEEN 0 AND 9)
);
CREATE TABLE jobs (
  id uuid NOT NULL,
  queue text NOT NULL REFERENCES queues (name),
  created_at timestamptz NOT NULL,
  PRIMARY KEY (queue, id)
) PARTITION BY LIST (queue);
CREATE TABLE jobs_mail PARTITION OF jobs FOR VALUES IN ('mail');
CREATE TABLE jobs_other PARTITION OF jobs FOR VALUES IN ('images', 'reports');
