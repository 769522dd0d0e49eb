CREATE TABLE users (id int, age int, boss int);
