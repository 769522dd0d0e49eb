CREATE EXTENSION btree_gist;
CREATE TABLE t (id int, during daterange, UNIQUE (id, during WITHOUT OVERLAPS));
