CREATE TABLE t (id int PRIMARY KEY, kind text NOT NULL, at date, vat text, birthday date, level int DEFAULT 0 CHECK (level BETWEEN 1 AND 3),
    ends date NOT NULL, CHECK ((kind = 'company') = (vat IS NOT NULL)), CHECK (kind = 'person' OR birthday IS NULL), CHECK (ends > at));
