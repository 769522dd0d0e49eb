-- As staging; but what comes back from a restore is printed with other casts than what was typed.
CREATE TABLE users (
    id int PRIMARY KEY,
    state varchar(10) CHECK (state IN ('on', 'off')) CHECK (state = ANY (ARRAY['on', 'off', 'x']::varchar[])),
    kind varchar(5) DEFAULT 'a' || 'b' CHECK (kind BETWEEN 'a' AND 'c' AND upper(kind) <> ALL ('{X,Y}'))
);
CREATE INDEX users_state ON users ((state || kind)) WHERE state IN ('on', 'off');
CREATE VIEW shown AS SELECT * FROM users WHERE state IN ('on', 'off');
