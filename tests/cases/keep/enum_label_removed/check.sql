SELECT array_agg(id) = '{1}' FROM t;
