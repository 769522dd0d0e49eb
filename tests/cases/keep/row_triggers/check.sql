SELECT min(changed) = '2020-01-01' FROM t;
SELECT count(*) = 1 FROM log;
