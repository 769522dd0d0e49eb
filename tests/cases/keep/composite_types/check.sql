SELECT (home).street = 'Main "St", 1' AND (home).zip = '12345' AND (home).country IS NULL FROM t WHERE id = 1;
SELECT count(*) = 3 FROM t;
