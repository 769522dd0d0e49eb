CREATE EXTENSION btree_gist;
CREATE TABLE p (id int, during daterange, v int, PRIMARY KEY (id, during WITHOUT OVERLAPS));
CREATE TABLE c (id int, p int, during daterange, FOREIGN KEY (p, PERIOD during) REFERENCES p (id, PERIOD during));
