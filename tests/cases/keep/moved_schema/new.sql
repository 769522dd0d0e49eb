CREATE SCHEMA app;
CREATE TABLE app.thing (id serial PRIMARY KEY, name text);
CREATE TABLE public.keeper (id int PRIMARY KEY, thing_id int REFERENCES app.thing);
CREATE TABLE app.twice (id int);
