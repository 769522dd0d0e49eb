CREATE SCHEMA "Odd ""Schema"";";
CREATE TABLE "Odd ""Schema"";"."Ta%ble;
--" ("se;lect" int PRIMARY KEY, "a""b" text, "n" int, "c1" int, "greenroom_row" int, "100%" text, "%s" text);
CREATE TABLE "Odd ""Schema"";".ref (x int REFERENCES "Odd ""Schema"";"."Ta%ble;
--");
INSERT INTO "Odd ""Schema"";"."Ta%ble;
--" VALUES (1, 'x', 1, 2, 3, '%', '%s'), (2, 'x', 1, 2, 3, NULL, NULL);
INSERT INTO "Odd ""Schema"";".ref VALUES (1), (2);
