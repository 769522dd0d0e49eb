CREATE SCHEMA "Odd ""Schema"";";
CREATE DOMAIN "Odd ""Schema"";"."do'main %" AS int CHECK (VALUE > 0);
CREATE TABLE "Odd ""Schema"";"."Ta%ble;
--" ("se;lect" int PRIMARY KEY, "a""b" varchar(5) UNIQUE, "n" int, "c1" bigint, "greenroom_row" "Odd ""Schema"";"."do'main %", "100%" text, "%s" text DEFAULT '100%',
    "n%ew" int NOT NULL CHECK ("n%ew" % 2 = 0), "d%" text DEFAULT '%s');
CREATE TABLE "Odd ""Schema"";".ref (x int REFERENCES "Odd ""Schema"";"."Ta%ble;
--");
