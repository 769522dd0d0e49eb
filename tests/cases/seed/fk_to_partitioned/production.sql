-- Telemetry: foreign keys that point to partitioned tables, and leave them.
CREATE TABLE devices (
  tenant_id int NOT NULL,
  device_id int NOT NULL,
  model text NOT NULL,
  PRIMARY KEY (tenant_id, device_id)
) PARTITION BY HASH (tenant_id);
CREATE TABLE devices_h0 PARTITION OF devices FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE devices_h1 PARTITION OF devices FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE devices_h2 PARTITION OF devices FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE readings (
  tenant_id int NOT NULL,
  device_id int NOT NULL,
  taken_at timestamptz NOT NULL,
  celsius numeric(5,2) NOT NULL CHECK (celsius BETWEEN -60 AND 150),
  PRIMARY KEY (tenant_id, device_id, taken_at),
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices
) PARTITION BY RANGE (taken_at);
CREATE TABLE readings_2024 PARTITION OF readings
  FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2025-01-01 00:00+00');
CREATE TABLE readings_2025 PARTITION OF readings
  FOR VALUES FROM ('2025-01-01 00:00+00') TO ('2026-01-01 00:00+00');
CREATE TABLE alarms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id int NOT NULL,
  device_id int NOT NULL,
  taken_at timestamptz NOT NULL,
  severity smallint NOT NULL CHECK (severity IN (1, 2, 3)),
  UNIQUE (tenant_id, device_id, taken_at),
  FOREIGN KEY (tenant_id, device_id, taken_at) REFERENCES readings (tenant_id, device_id, taken_at)
);
CREATE TABLE acknowledgements (
  alarm_id bigint PRIMARY KEY REFERENCES alarms (id),
  by_whom text NOT NULL
);
-- a reference to one partition only: devices that live in bucket 1
CREATE TABLE bucket_one_notes (
  tenant_id int NOT NULL,
  device_id int NOT NULL,
  note text NOT NULL,
  FOREIGN KEY (tenant_id, device_id) REFERENCES devices_h1 (tenant_id, device_id)
);
