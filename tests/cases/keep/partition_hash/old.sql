CREATE TABLE h (id int PRIMARY KEY, v text);
INSERT INTO h SELECT n, n::text FROM generate_series(1, 100) n;
