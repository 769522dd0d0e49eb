-- Arrays whose elements, put together by array_to_string, have to match a regular expression.
CREATE TABLE labelled (
    id int PRIMARY KEY,
    tags text[] NOT NULL
        CHECK (array_to_string(tags, ',', '*') ~ '^tag-\d+(,tag-\d+)*$' AND cardinality(tags) BETWEEN 1 AND 3)
);
CREATE TABLE codes (id int PRIMARY KEY, codes text[] NOT NULL CHECK (array_to_string(codes, '') ~ '^([A-Z]{3}[0-9]{2})+$'));
CREATE TABLE colours (
    id int PRIMARY KEY,
    colours varchar(7)[] NOT NULL CHECK (array_to_string(colours, '|') ~ '^#[0-9a-f]{6}(\|#[0-9a-f]{6}){0,4}$')
);
CREATE TABLE pairs (
    id int PRIMARY KEY,
    pair int[] NOT NULL CHECK (array_to_string(pair, '-') ~ '^[1-9][0-9]-[1-9][0-9]$')
);
CREATE TABLE versions (
    id int PRIMARY KEY,
    parts varchar(3)[] CHECK (array_to_string(parts, '.') ~ '^v[0-9]\.[0-9]{2}\.[a-z]{3}$' AND cardinality(parts) = 3)
);
CREATE DOMAIN hashtags AS text[] CHECK (array_to_string(VALUE, ' ') ~ '^#[a-z0-9]{4}( #[a-z0-9]{4})*$');
CREATE TABLE posts (id int PRIMARY KEY, hashtags hashtags NOT NULL);
CREATE TABLE series (
    codes text[] PRIMARY KEY CHECK (array_to_string(codes, ',') ~ '^[A-Z]{3}-[0-9]{4}(,[A-Z]{3}-[0-9]{4})*$')
);
