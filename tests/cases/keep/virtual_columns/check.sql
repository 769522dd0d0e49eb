SELECT v = 4 AND w = 6 FROM t;
