CREATE TABLE t (id text PRIMARY KEY, b text, d text, j text, a text, u varchar(36), i text);
