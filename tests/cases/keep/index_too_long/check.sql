SELECT array_agg(id) = '{2}' FROM t;
