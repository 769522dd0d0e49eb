CREATE TABLE t (id bigint PRIMARY KEY, n bigint, v text, c text, amount numeric);
INSERT INTO t VALUES (1, 5, 'abc', 'xy', 1.234), (2, 5000000000, 'abc', 'xy', 1), (3, 5, 'far too long', 'xy', 1),
    (4, 5, 'abc', 'xyz ', 1), (5, 5, 'abc  ', 'xy', 12345678);
