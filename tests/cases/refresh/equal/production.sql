CREATE SCHEMA app;
CREATE TABLE app.users (id int PRIMARY KEY, state text NOT NULL DEFAULT 'on', boss int REFERENCES app.users);
CREATE INDEX users_state ON app.users (upper(state)) WHERE state = 'on';
CREATE VIEW app.shown AS SELECT id FROM app.users WHERE state = 'on';
