SELECT count(*) = 1 FROM computed_once;
SELECT bool_and(one = 1) FROM only_computed;
