CREATE TABLE p (a int, b text, v int, PRIMARY KEY (a, b));
CREATE TABLE c (id int, a bigint, b varchar(5), FOREIGN KEY (a, b) REFERENCES p (a, b));
CREATE TABLE f (id int, a int, b text, FOREIGN KEY (a, b) REFERENCES p MATCH FULL);
