-- What in this database could reach another server: subscriptions, foreign servers, user mappings, publications.
SELECT 'subscription ' || subname FROM pg_subscription
 WHERE subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
UNION ALL
SELECT 'foreign server ' || srvname FROM pg_foreign_server
UNION ALL
SELECT 'publication ' || pubname FROM pg_publication
 ORDER BY 1
