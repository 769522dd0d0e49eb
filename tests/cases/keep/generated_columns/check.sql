SELECT (total, plain, twice, more) = (5, 1, 4, 3) FROM t;
