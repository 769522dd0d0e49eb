CREATE ROLE "Tenant; of production";
CREATE ROLE tenant_reader;
CREATE TABLE notes (id int PRIMARY KEY, owner text, body text, changed timestamp);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN
  NEW.changed := clock_timestamp();  -- not now(): a long transaction would date all alike
  RETURN NEW;
END$$;
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF body ON notes FOR EACH ROW WHEN (NEW.body <> '') EXECUTE FUNCTION touch();
CREATE TRIGGER quiet AFTER DELETE ON notes REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION touch();
ALTER TABLE notes DISABLE TRIGGER quiet;
ALTER TABLE notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON notes TO "Tenant; of production" USING (owner = current_user) WITH CHECK (length(body) < 1000);
CREATE POLICY visible ON notes AS RESTRICTIVE FOR SELECT TO tenant_reader, PUBLIC USING (body IS NOT NULL);
CREATE RULE no_delete AS ON DELETE TO notes WHERE OLD.id = 1 DO INSTEAD NOTHING;
CREATE PROCEDURE tidy() LANGUAGE sql BEGIN ATOMIC DELETE FROM notes WHERE body = ''; END;
CREATE AGGREGATE joined(text) (SFUNC = textcat, STYPE = text, INITCOND = '');
GRANT SELECT ON notes TO tenant_reader;
