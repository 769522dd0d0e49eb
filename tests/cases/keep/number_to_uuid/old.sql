CREATE TABLE a (id serial PRIMARY KEY, name text);
CREATE TABLE b (id serial PRIMARY KEY, a_id int NOT NULL REFERENCES a, note text);
INSERT INTO a (name) VALUES ('x'), ('y'), ('z');
INSERT INTO b (a_id, note) VALUES (1, 'n'), (3, 'm');
