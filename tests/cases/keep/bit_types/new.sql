CREATE TABLE t (id int, a bit(3), b varbit(3), c bit(4), d varchar(3), e text, n text, x bigint);
