SELECT array_agg(a ORDER BY a) = '{1,4}' FROM t;
