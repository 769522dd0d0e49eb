CREATE TABLE node (id int PRIMARY KEY, up int REFERENCES node);
