-- Indexes compute something of every row: a text that is no number, or a place that is nowhere, is an error of the row.
CREATE TABLE bookings (id serial PRIMARY KEY, source varchar, ledger text NOT NULL, settings jsonb NOT NULL DEFAULT '{}');
CREATE INDEX bookings_by_source ON bookings (source varchar_pattern_ops, (substring(source FROM position(',' IN source) + 1)::integer));
CREATE INDEX bookings_by_year ON bookings ((split_part(ledger, '/', 2)::integer));
CREATE INDEX bookings_by_size ON bookings (((settings ->> 'size')::integer)) WHERE settings ? 'size';
CREATE INDEX bookings_by_name ON bookings (lower(ledger));

CREATE FUNCTION share(part integer, whole integer) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    IF part > whole THEN
        RAISE EXCEPTION 'more than the whole';
    END IF;
    RETURN part::numeric / whole;
END
$$;
CREATE TABLE portions (id serial PRIMARY KEY, part integer NOT NULL, whole integer NOT NULL);
CREATE INDEX portions_by_share ON portions (share(part, whole));
