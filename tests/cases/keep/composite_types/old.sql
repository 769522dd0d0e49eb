CREATE TYPE address AS (street text, city text, zip int);
CREATE TYPE pair AS (a int, b int);
CREATE TABLE t (id int, home address, p pair, list pair[]);
INSERT INTO t VALUES (1, ('Main "St", 1', 'X', 12345), (1, 2), ARRAY[(1, 2)::pair]), (2, NULL, NULL, NULL), (3, (NULL, NULL, NULL), (1, NULL), '{}');
