SELECT count(*) >= 12 FROM plots
SELECT count(*) >= 12 FROM corrections
SELECT count(*) >= 12 FROM keys_by_range
SELECT count(*) >= 12 AND count(DISTINCT other) > 2 FROM duels
SELECT bool_and(fits(value)) FROM measured
SELECT count(*) >= 12 FROM shelves
SELECT count(*) >= 12 FROM stretches
SELECT count(*) >= 6 FROM fields
SELECT count(*) >= 12 FROM days_off
SELECT count(*) >= 12 FROM calls
SELECT count(*) >= 12 FROM laps
SELECT count(*) >= 12 FROM weights
SELECT count(*) >= 12 AND max(day) < '2026-03-01' FROM working_days
SELECT count(*) >= 12 FROM timetables
SELECT count(*) >= 12 FROM letters
SELECT count(*) >= 12 FROM couples
