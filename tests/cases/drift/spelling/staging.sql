-- By the same statements, not by a dump: what PostgreSQL prints otherwise is the same all the same.
CREATE TABLE users (
    kind varchar(20) CHECK (kind IN ('human', 'robot')),
    state varchar(10) DEFAULT 'new' CHECK (state = ANY (ARRAY['new', 'old']))
);
CREATE INDEX users_state ON users (state) WHERE state IN ('new', 'odd');
CREATE VIEW shown AS SELECT kind FROM users WHERE state IN ('new', 'odd');
CREATE TABLE things (id int, name text);
CREATE TABLE chairs (legs int) INHERITS (things);
ALTER TABLE things ADD price int;
