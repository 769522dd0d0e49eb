SELECT count(*) = 2 FROM blank;
