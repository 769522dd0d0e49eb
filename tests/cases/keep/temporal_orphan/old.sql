CREATE TABLE p (id int, during daterange, v int);
CREATE TABLE c (id int, p int, during daterange);
INSERT INTO p VALUES (2, '[2026-01-01,2026-02-01)', 3);
INSERT INTO c VALUES (1, 2, '[2026-01-05,2026-01-10)'), (2, 3, '[2026-01-05,2026-01-10)'), (3, 2, '[2026-01-05,2026-05-10)');
