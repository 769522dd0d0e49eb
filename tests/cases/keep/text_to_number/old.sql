CREATE TABLE t (id serial PRIMARY KEY, year text, price text, born text, flag text, key text);
INSERT INTO t (year, price, born, flag, key) VALUES ('2026', ' 1.5 ', '2026-01-31', 'yes', '5f0c9f6e-0000-4000-8000-000000000001'),
    ('soon', '1', NULL, NULL, NULL), ('1', 'much', NULL, NULL, NULL), ('1', '1', '31.31.2026', NULL, NULL), ('1', '1', NULL, 'maybe', NULL),
    ('1', '1', NULL, NULL, 'no uuid');
