-- A comment belongs to exactly one thing; an account's kind decides which key it has.
CREATE TABLE people (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE firms (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE comments (
    id serial PRIMARY KEY, person_id int REFERENCES people, firm_id int REFERENCES firms, body text NOT NULL,
    CHECK (num_nonnulls(person_id, firm_id) = 1)
);
CREATE TABLE accounts (
    id serial PRIMARY KEY, kind text NOT NULL, person_id int REFERENCES people, firm_id int REFERENCES firms,
    CHECK ((kind = 'person' AND person_id IS NOT NULL AND firm_id IS NULL)
        OR (kind = 'firm' AND firm_id IS NOT NULL AND person_id IS NULL))
);
CREATE TABLE links (
    id serial PRIMARY KEY, a int REFERENCES people, b int REFERENCES firms, CHECK ((a IS NULL) <> (b IS NULL))
);
