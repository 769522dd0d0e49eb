CREATE TABLE people (
    id bigint GENERATED ALWAYS AS IDENTITY,
    first_name varchar(80) COLLATE "C",
    last_name varchar(50),
    age int DEFAULT 21,
    score int GENERATED ALWAYS AS (age * 2) STORED,
    born date NOT NULL DEFAULT CURRENT_DATE,
    added text[] DEFAULT '{a,b}'
);
