CREATE TABLE t (id int, a int[], b text[], c int[][], d varchar(3)[], e text);
INSERT INTO t VALUES (1, '{1,NULL}', '{1,2}', '{{1,2},{3,4}}', '{abc}', 'x'), (2, '{}', '{x}', NULL, NULL, NULL);
