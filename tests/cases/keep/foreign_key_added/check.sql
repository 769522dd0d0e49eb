SELECT array_agg(id ORDER BY id) = '{1,4}' FROM child;
SELECT array_agg(id ORDER BY id) = '{1,4}' FROM grandchild;
