SELECT count(DISTINCT address) > 6 AND count(DISTINCT network) > 1 FROM hosts;
SELECT bool_and(masklen(network) = 28) AND count(gateway) > 0 FROM unique_networks;
SELECT bool_and(gateway << subnet AND subnet << parent) FROM subnets WHERE gateway IS NOT NULL;
SELECT bool_and(network << '192.0.2.0/24' OR network << '198.51.100.0/24' OR network << '203.0.113.0/24') FROM masked;
