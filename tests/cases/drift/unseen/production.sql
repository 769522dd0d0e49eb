CREATE TABLE sales (id int PRIMARY KEY, region text);
CREATE INDEX sales_region ON sales (region);
UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'sales_region'::regclass;
CREATE MATERIALIZED VIEW by_region AS SELECT region, count(*) AS n FROM sales GROUP BY region;
CREATE PUBLICATION feed FOR TABLE sales;
GRANT SELECT ON sales TO pg_monitor;
