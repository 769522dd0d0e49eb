CREATE TABLE sales (day date, amount numeric);
CREATE VIEW totals AS SELECT day, sum(amount) AS amount FROM sales GROUP BY day;
CREATE MATERIALIZED VIEW by_month AS SELECT date_trunc('month', day) AS month, sum(amount) AS amount FROM totals GROUP BY 1;
