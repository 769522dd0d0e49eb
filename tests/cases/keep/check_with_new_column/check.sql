SELECT count(*) = 30 FROM t;
