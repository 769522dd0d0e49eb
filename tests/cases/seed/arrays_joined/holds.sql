SELECT max(cardinality(tags)) > 1 AND count(DISTINCT tags) > 6 FROM labelled;
SELECT bool_and(cardinality(pair) = 2) FROM pairs;
SELECT count(parts) > 0 FROM versions;
