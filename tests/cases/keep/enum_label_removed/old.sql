CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE t (id int, m mood, many mood[]);
INSERT INTO t VALUES (1, 'sad', '{sad,ok}'), (2, 'happy', NULL), (3, 'ok', '{happy}');
