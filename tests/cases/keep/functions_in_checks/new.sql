CREATE SCHEMA app;
CREATE FUNCTION app.valid(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$BEGIN IF $1 = 'xx' THEN RAISE EXCEPTION 'never xx'; END IF; RETURN true; END$$;
CREATE TABLE t (id int, code text CHECK (app.valid(code)));
