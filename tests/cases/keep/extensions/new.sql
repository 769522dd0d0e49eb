CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; CREATE EXTENSION hstore SCHEMA ext; CREATE EXTENSION ltree SCHEMA ext;
CREATE TABLE t (id int, c text, t ext.citext UNIQUE, h ext.hstore, p text, txt ext.ltree);
