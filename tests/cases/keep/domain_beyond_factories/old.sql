CREATE TABLE visits (id int PRIMARY KEY);
INSERT INTO visits SELECT generate_series(1, 5);
