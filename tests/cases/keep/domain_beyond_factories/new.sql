CREATE DOMAIN token AS text CHECK (md5(VALUE) = '0b175257b67841de4e1af131a9d9e787');
CREATE DOMAIN word AS text NOT NULL;
CREATE TABLE visits (id int PRIMARY KEY, pass token NOT NULL, spare token, name word);
