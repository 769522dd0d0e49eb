CREATE UNLOGGED TABLE t (id int PRIMARY KEY, v text COLLATE "C") WITH (fillfactor = 70);
