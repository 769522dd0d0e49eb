CREATE TABLE booking (id int, room int, during tsrange);
INSERT INTO booking VALUES (1, 1, '[2026-01-01,2026-01-03)'), (2, 1, '[2026-01-02,2026-01-04)'), (3, 1, '[2026-01-03,2026-01-05)'), (4, NULL, NULL);
