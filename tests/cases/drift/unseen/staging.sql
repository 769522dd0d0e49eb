-- Of production's index and publication a dump has nothing to give; the view was never filled here.
CREATE TABLE sales (id int PRIMARY KEY, region text);
CREATE MATERIALIZED VIEW by_region AS SELECT region, count(*) AS n FROM sales GROUP BY region WITH NO DATA;
