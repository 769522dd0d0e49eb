CREATE TABLE s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
CREATE TABLE i (id serial PRIMARY KEY, name text);
CREATE TABLE none (id serial PRIMARY KEY, name text);
CREATE TABLE other (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text);
