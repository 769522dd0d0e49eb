SELECT count(*) = 20 FROM purchase;
SELECT count(*) > 0 FROM review;
