SELECT count(DISTINCT code) > 1 FROM things;
SELECT count(DISTINCT owner) > 1 FROM documents;
SELECT count(tenant_id) > 0 AND count(order_id) > 0 FROM targets;
SELECT (SELECT count(*) FROM transfers) = (SELECT count(*) FROM payments WHERE kind = 'transfer');
