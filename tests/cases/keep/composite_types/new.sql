CREATE TYPE address AS (city text, zip text, country text, street text);
CREATE TYPE pair AS (a int, b int);
CREATE TABLE t (id int, home address, p pair, list pair[]);
