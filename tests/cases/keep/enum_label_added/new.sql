CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'happy');
CREATE TABLE t (id int, m mood, many mood[]);
