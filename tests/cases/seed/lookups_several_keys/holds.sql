SELECT array_agg((id, code)::text ORDER BY id) = '{"(1,sent)","(4,new)","(7,paid)"}' FROM statuses;
SELECT count(*) = 3 FROM grades;
SELECT array_agg(kind || ' ' || label ORDER BY kind, code) = '{gender Female,gender Male,gender Other,title Doctor,title Professor}' FROM codes;
SELECT count(DISTINCT title) = 2 AND count(DISTINCT gender) > 1 FROM people;
