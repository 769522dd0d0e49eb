CREATE TABLE status (code text PRIMARY KEY CHECK (code IN ('open', 'shut')));
CREATE TABLE t (id int PRIMARY KEY, status text REFERENCES status, country text);
CREATE TABLE note (id serial PRIMARY KEY, t_id int NOT NULL REFERENCES t);
