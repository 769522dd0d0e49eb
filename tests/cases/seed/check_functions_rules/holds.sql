SELECT count(*) > 5 AND bool_and(description ~ '[.!?]$') FROM captions
SELECT count(*) = 1 FROM languages_of_readers
SELECT count(*) > 5 FROM visits_of_readers
