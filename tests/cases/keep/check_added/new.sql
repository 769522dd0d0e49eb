CREATE TABLE t (id int, price numeric CHECK (price > 0), state text CONSTRAINT known CHECK (state IN ('open', 'shut')), at date, till date,
    CONSTRAINT "till's after; at" CHECK (till > at));
