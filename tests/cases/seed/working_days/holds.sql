SELECT count(DISTINCT opens) > count(*) / 4 FROM fairs;
SELECT bool_and(opens > date '2024-01-01') FROM fairs;
SELECT bool_and(passed >= 0 AND failed >= 0 AND skipped >= 0) FROM runs;
SELECT bool_and(cardinality(quarterly) = 4) FROM tariffs;
SELECT bool_and(split_part(email, '@', 1) <> replace(lower(invited_by), ' ', '.')) FROM members;
SELECT bool_and(room ~ '[0-9]{3}$') FROM members;
