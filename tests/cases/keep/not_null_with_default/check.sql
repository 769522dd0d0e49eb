SELECT array_agg(t.state::text || ' ' || price || ' ' || doubled ORDER BY id) = '{good 2 4,bad 9 18}' FROM t;
SELECT array_agg(size ~ '^1\d\d$' ORDER BY id) = '{f,t}' FROM t;
SELECT array_agg(place::text ORDER BY id) = '{"(,)","(1,2)"}' FROM t;
