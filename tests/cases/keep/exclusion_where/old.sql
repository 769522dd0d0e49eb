CREATE TABLE t (id int, r int4range, act boolean); INSERT INTO t VALUES (1, '[1,5)', true), (2, '[2,3)', false), (3, '[4,9)', true), (4, 'empty', true);
