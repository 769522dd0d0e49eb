CREATE TABLE t (id int PRIMARY KEY, n int, v varchar(3), c char(3), amount numeric(5,1));
