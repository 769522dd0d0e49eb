SELECT sum(v) = 1 FROM e_1;
SELECT sum(v) = 5 FROM e;
