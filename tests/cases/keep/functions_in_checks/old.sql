CREATE TABLE t (id int, code text);
INSERT INTO t VALUES (1, 'AB'), (2, 'xx'), (3, NULL);
