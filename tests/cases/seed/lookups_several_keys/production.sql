-- Lookups of which other tables tell several keys: by different columns, and by a kind and a code within it.
CREATE TABLE statuses (id int PRIMARY KEY, code text NOT NULL UNIQUE, label text NOT NULL);
CREATE TABLE orders (
    id int PRIMARY KEY,
    status_id int NOT NULL REFERENCES statuses CHECK (status_id IN (4, 7)),
    status_code text NOT NULL REFERENCES statuses (code) CHECK (status_code IN ('new', 'paid', 'sent'))
);
CREATE TABLE grades (id smallint PRIMARY KEY, code text NOT NULL UNIQUE CHECK (code IN ('a', 'b', 'c')));
CREATE TABLE papers (id int PRIMARY KEY, grade smallint NOT NULL REFERENCES grades CHECK (grade IN (1, 3, 20, 30)));
CREATE TABLE codes (id int PRIMARY KEY, kind text NOT NULL, code text NOT NULL, label text, UNIQUE (kind, code));
CREATE TABLE people (
    id int PRIMARY KEY,
    title_kind text NOT NULL DEFAULT 'title' CHECK (title_kind = 'title'),
    title text NOT NULL CHECK (title IN ('doctor', 'professor')),
    gender_kind text NOT NULL DEFAULT 'gender' CHECK (gender_kind = 'gender'),
    gender text NOT NULL CHECK (gender IN ('female', 'male', 'other')),
    FOREIGN KEY (title_kind, title) REFERENCES codes (kind, code),
    FOREIGN KEY (gender, gender_kind) REFERENCES codes (code, kind)
);
