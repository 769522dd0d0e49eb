-- Creates the schema in which kept rows wait: a number for each row, and what was set aside.
CREATE SCHEMA greenroom_keep;
CREATE SEQUENCE greenroom_keep.numbers CACHE 1000;
CREATE TABLE greenroom_keep.broken (n bigint PRIMARY KEY, code text, constraint_name text, column_name text);
CREATE TABLE greenroom_keep.aside (n bigint PRIMARY KEY, code text, constraint_name text, column_name text);
CREATE TABLE greenroom_keep.wanted (n bigint PRIMARY KEY);
