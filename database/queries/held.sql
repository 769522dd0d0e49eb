-- What holds each of these databases, so that it can be neither renamed nor dropped: prepared transactions, replication
-- slots in use, subscriptions.
SELECT d.datname::text,
       (SELECT count(*) FROM pg_catalog.pg_prepared_xacts p WHERE p.database = d.datname),
       (SELECT count(*) FROM pg_catalog.pg_replication_slots s WHERE s.database = d.datname AND s.active),
       (SELECT count(*) FROM pg_catalog.pg_subscription u WHERE u.subdbid = d.oid)
  FROM pg_catalog.pg_database d
 WHERE d.datname = ANY(%(names)s)
 ORDER BY 1
