-- What cannot be seeded is left empty, and what needs it likewise.
CREATE TABLE nothing (id serial PRIMARY KEY, CHECK (false));
CREATE TABLE child (id serial PRIMARY KEY, nothing_id int NOT NULL REFERENCES nothing);
CREATE TABLE maybe (id serial PRIMARY KEY, nothing_id int REFERENCES nothing, note text);
CREATE TABLE switch (lit boolean PRIMARY KEY);
