CREATE TABLE wide (id int PRIMARY KEY);
DO $$BEGIN FOR n IN 1..300 LOOP EXECUTE format('ALTER TABLE wide ADD c%s int DEFAULT %s', n, n); END LOOP; END$$;
INSERT INTO wide (id) VALUES (1), (2);
