SELECT pg_sequence_last_value(pg_get_serial_sequence('s', 'id')) = 41;
SELECT pg_sequence_last_value(pg_get_serial_sequence('i', 'id')) = 2;
SELECT pg_sequence_last_value(pg_get_serial_sequence('none', 'id')) = max(id) AND count(DISTINCT id) = 3 FROM none;
