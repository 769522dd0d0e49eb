CREATE TABLE t (id int, a bigint[], b int[], c numeric[], d text[], e text[]);
