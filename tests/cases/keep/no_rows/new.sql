CREATE TABLE empty (id int PRIMARY KEY, name text, added int NOT NULL);
CREATE TABLE nothing (id int);
CREATE TABLE blank ();
CREATE TABLE fresh (id serial PRIMARY KEY, e int REFERENCES empty);
