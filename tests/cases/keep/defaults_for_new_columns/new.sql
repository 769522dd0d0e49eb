CREATE TABLE t (id int PRIMARY KEY, status text NOT NULL DEFAULT 'new', at timestamptz NOT NULL DEFAULT now(),
    tags text[] NOT NULL DEFAULT '{}', doc jsonb NOT NULL DEFAULT '{}', n int DEFAULT 7);
