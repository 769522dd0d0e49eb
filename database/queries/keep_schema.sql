-- Creates the schema in which kept rows wait: a number for each row, what was set aside, and how a value that is text
-- in the form of JSON becomes jsonb: as a mere text where it says what jsonb cannot hold (\u0000, say).
CREATE SCHEMA greenroom_keep;
CREATE SEQUENCE greenroom_keep.numbers CACHE 1000;
CREATE TABLE greenroom_keep.broken (n bigint PRIMARY KEY, code text, constraint_name text, column_name text);
CREATE TABLE greenroom_keep.aside (n bigint PRIMARY KEY, code text, constraint_name text, column_name text);
CREATE TABLE greenroom_keep.wanted (n bigint PRIMARY KEY);
CREATE FUNCTION greenroom_keep.as_document(held anyelement) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
    RETURN to_jsonb(held);
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN to_jsonb(held::text);
END
$$;
