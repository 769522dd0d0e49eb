SELECT array_agg(id ORDER BY id) = '{1,3,4}' FROM t;
SELECT array_agg(id ORDER BY id) = '{1,11}' FROM p;
