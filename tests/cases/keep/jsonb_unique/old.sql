CREATE TABLE t (id int, j json, k jsonb, a int[]); INSERT INTO t VALUES (1, '{"a":1}', '{"a":1}', '{1}'), (2, '{"a" :1}', '{"a": 1}', '{1}');
