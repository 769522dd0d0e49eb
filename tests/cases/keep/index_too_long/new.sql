CREATE TABLE t (id int, body text UNIQUE, words tsvector, note text);
CREATE INDEX ON t USING gin (words);
CREATE INDEX ON t USING hash (note);
