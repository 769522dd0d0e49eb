CREATE TABLE t (id int, amount text, kind text);
CREATE UNIQUE INDEX amounts ON t ((amount::int)) WHERE kind = 'a';
CREATE TABLE p (id int, v text) PARTITION BY RANGE (id);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20);
CREATE INDEX "on p1 USING (x)" ON p1 ((v::int));
