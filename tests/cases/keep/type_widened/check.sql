SELECT count(*) FILTER (WHERE n = 2147483647 AND v = 'abc' AND d = '2026-02-28') = 1 FROM t;
