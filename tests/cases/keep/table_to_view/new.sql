CREATE TABLE base (id int primary key); CREATE VIEW t AS SELECT id FROM base; CREATE TABLE w (id int primary key, b int references base);
