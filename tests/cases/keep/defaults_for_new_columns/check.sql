SELECT bool_and(status = 'new' AND n = 7 AND tags = '{}') FROM t;
