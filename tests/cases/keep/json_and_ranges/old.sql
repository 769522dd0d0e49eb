CREATE TABLE t (id int, j json, r int4range, m text, x text, b bytea, bits bit(4), iv interval, mac macaddr, n numeric, p point);
INSERT INTO t VALUES (1, '{"a": [1, 2]}', '[1,5)', '{"b": 1}', 'a', '\x00ff', '1010', '1 day 02:03', '08:00:2b:01:02:03', 'NaN', '(1,2)'), (2, NULL, 'empty', 'no json', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
