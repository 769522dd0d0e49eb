SELECT array_agg(id ORDER BY id) = '{1,4}' OR array_agg(id ORDER BY id) = '{1,4,5}' FROM t;
SELECT amount = 1.2 FROM t WHERE id = 1;
