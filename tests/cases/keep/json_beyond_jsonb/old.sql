CREATE TABLE t (id int, doc json, docs json[]);
INSERT INTO t VALUES (1, '{"a": 1}', '{1}'), (2, '{"a": "\u0000"}', '{2}'), (3, '1', ARRAY['"\u0000"'::json]);
