CREATE TABLE t (id int, j jsonb, r int8range, m jsonb, x text, b bytea, bits varbit(8), iv interval, mac macaddr8, n numeric(20, 4), p point);
