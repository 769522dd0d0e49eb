CREATE TABLE t (id int PRIMARY KEY, b boolean, d date, j json, a int[], u uuid, i inet);
INSERT INTO t VALUES (7, true, '2026-01-31', '{"a": 1}', '{1,2}', '5f0c9f6e-0000-4000-8000-000000000001', '10.0.0.1');
