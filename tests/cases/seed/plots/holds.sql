SELECT count(*) >= 10 FROM findings
