-- Days that only some days are, lists of a given length, parts that add up, and people who are somebody else.
CREATE TABLE fairs (
    id int PRIMARY KEY,
    opens date NOT NULL CHECK (opens >= date '2020-01-01'),
    closes date NOT NULL,
    year int NOT NULL,
    doors time NOT NULL CHECK (extract(minute FROM doors) IN (0, 30)),
    CHECK (extract(isodow FROM opens) < 6),
    CHECK (closes >= opens AND closes - opens <= 14),
    CHECK (year = extract(year FROM opens))
);
CREATE TABLE runs (
    id int PRIMARY KEY, total int NOT NULL CHECK (total > 0), passed int NOT NULL, failed int NOT NULL,
    skipped int NOT NULL DEFAULT 0, CHECK (passed + failed + skipped = total)
);
CREATE TABLE tariffs (id int PRIMARY KEY, quarterly numeric(6, 2)[] NOT NULL CHECK (array_length(quarterly, 1) = 4));
CREATE TABLE members (
    email text PRIMARY KEY CHECK (position('@' IN email) > 1), invited_by text NOT NULL, room varchar(10) NOT NULL
);
