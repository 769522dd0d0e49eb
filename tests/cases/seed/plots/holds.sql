SELECT count(*) >= 10 FROM findings
SELECT count(*) = (SELECT count(*) FROM visitors) FROM visitor_settings
