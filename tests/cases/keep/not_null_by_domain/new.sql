CREATE DOMAIN label AS varchar(20) NOT NULL;
CREATE DOMAIN present AS int NOT NULL CHECK (VALUE > 0);
CREATE DOMAIN counted AS present;
CREATE TABLE t (
    id int PRIMARY KEY, name label DEFAULT 'nobody', size counted DEFAULT 1 + 1, word label DEFAULT upper('none'),
    price present DEFAULT 9, pick label, place label, amount counted DEFAULT 12
);
