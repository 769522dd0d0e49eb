SELECT sum(price) = 3.75 FROM items;
