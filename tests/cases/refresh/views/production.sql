CREATE TABLE sales (day date, amount numeric, region text);
CREATE VIEW totals AS SELECT day, region, sum(amount) AS amount FROM sales GROUP BY day, region;
CREATE MATERIALIZED VIEW z_by_month AS
SELECT date_trunc('month', day) AS month, region, sum(amount) AS amount FROM totals GROUP BY 1, 2;
CREATE UNIQUE INDEX z_by_month_key ON z_by_month (month, region);
CREATE VIEW between_them AS SELECT * FROM z_by_month WHERE amount > 0;
CREATE MATERIALIZED VIEW a_by_year AS SELECT date_trunc('year', month) AS year, sum(amount) FROM between_them GROUP BY 1;
CREATE RECURSIVE VIEW numbers (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < 5;
CREATE VIEW editable WITH (security_barrier) AS SELECT region FROM sales WHERE region <> 'x' WITH CASCADED CHECK OPTION;
