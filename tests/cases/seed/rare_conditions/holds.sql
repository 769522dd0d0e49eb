SELECT count(*) >= 12 FROM plots
SELECT count(*) >= 12 FROM corrections
SELECT count(*) >= 12 FROM keys_by_range
SELECT count(*) >= 12 AND count(DISTINCT other) > 2 FROM duels
SELECT bool_and(fits(value)) FROM measured
SELECT count(*) >= 12 FROM shelves
SELECT count(*) >= 12 FROM stretches
SELECT count(*) >= 6 FROM fields
