CREATE TABLE t (id int, m varchar(10) CHECK (m IN ('sad', 'ok')), many text[]);
