SELECT count(*) = 1 FROM ONLY base;
SELECT array_agg(id) = '{2}' FROM child;
