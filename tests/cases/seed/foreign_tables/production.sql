-- Data warehouse: foreign tables (postgres_fdw to nowhere, file_fdw on an empty file), also as a partition.
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
CREATE SERVER crm FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host '127.0.0.1', port '1', dbname 'nowhere');
CREATE USER MAPPING FOR CURRENT_USER SERVER crm OPTIONS (user 'reader');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE FOREIGN TABLE remote_customers (
  id int OPTIONS (column_name 'customer_id') NOT NULL,
  name text NOT NULL,
  CHECK (id > 0)
) SERVER crm OPTIONS (schema_name 'public', table_name 'customers');
CREATE FOREIGN TABLE legacy_lines (
  line text
) SERVER files OPTIONS (filename '/dev/null', format 'text');
CREATE TABLE meters (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id int NOT NULL CHECK (customer_id > 0),
  installed date NOT NULL
);
CREATE TABLE meter_values (
  meter_id int NOT NULL,
  read_on date NOT NULL,
  kwh numeric(9,1) NOT NULL CHECK (kwh >= 0)
) PARTITION BY RANGE (read_on);
CREATE TABLE meter_values_2025 PARTITION OF meter_values (
  PRIMARY KEY (meter_id, read_on),
  FOREIGN KEY (meter_id) REFERENCES meters (id)
) FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
-- old values live in a file; rows can only go to 2025
CREATE FOREIGN TABLE meter_values_archive PARTITION OF meter_values
  FOR VALUES FROM ('2000-01-01') TO ('2025-01-01') SERVER files OPTIONS (filename '/dev/null', format 'csv');
