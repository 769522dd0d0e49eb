CREATE SCHEMA old_place;
CREATE TABLE old_place.thing (id serial PRIMARY KEY, name text);
CREATE TABLE public.keeper (id int PRIMARY KEY, thing_id int REFERENCES old_place.thing);
CREATE TABLE old_place.twice (id int);
CREATE TABLE public.twice (id int);
INSERT INTO old_place.thing (name) VALUES ('x'), ('y');
INSERT INTO public.keeper VALUES (1, 2);
INSERT INTO old_place.twice VALUES (1);
INSERT INTO public.twice VALUES (2);
