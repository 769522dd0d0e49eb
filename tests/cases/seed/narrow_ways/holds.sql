SELECT (SELECT count(*) FROM lap) = 12 AND (SELECT count(*) FROM repair) = 12 AND (SELECT count(*) FROM closed) = 12;
SELECT count(DISTINCT season) > 6 AND bool_and(NOT isempty(valid)) AND count(DISTINCT valid) > 6 FROM closed;
SELECT count(*) = 12 AND max(length(path)) > 1 AND count(DISTINCT token) > 6 FROM folder;
SELECT max(length(growl)) < 9 AND count(DISTINCT growl) > 2 AND count(DISTINCT made_on) > 6 FROM folder;
SELECT count(DISTINCT salt) > 6 FROM folder;
SELECT count(*) = 12 FROM grade;
