CREATE TABLE items (id int PRIMARY KEY, sku text, price numeric(10,2), note text);
INSERT INTO items VALUES (1, 'a', 1.50, 'x'), (2, 'b', 2.25, NULL);
