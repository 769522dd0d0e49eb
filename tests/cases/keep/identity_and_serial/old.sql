CREATE TABLE s (id serial PRIMARY KEY, name text);
CREATE TABLE i (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
CREATE TABLE none (name text);
CREATE TABLE other (name text);
INSERT INTO s (id, name) VALUES (41, 'x');
INSERT INTO i (name) VALUES ('x'), ('y');
INSERT INTO none VALUES ('x'), ('y'), ('z');
INSERT INTO other VALUES ('x'), ('y');
