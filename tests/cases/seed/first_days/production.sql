-- Days that must be the first of a month or a quarter, once for each parent.
CREATE TABLE authors (id serial PRIMARY KEY, name text NOT NULL);
CREATE TABLE payouts (
    author_id integer NOT NULL REFERENCES authors (id),
    period_start date NOT NULL CHECK (EXTRACT(day FROM period_start) = 1),
    UNIQUE (author_id, period_start)
);
CREATE TABLE reports (
    author_id integer NOT NULL REFERENCES authors (id),
    quarter date NOT NULL CHECK (date_trunc('quarter', quarter) = quarter),
    PRIMARY KEY (author_id, quarter)
);
