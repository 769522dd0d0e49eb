-- The function that turns values of the named type into the bytes of binary COPY, and the type it takes, if that is one.
-- No row if the type has none. A type may borrow another's function, as refcursor does text's.
SELECT sent.typsend::regproc::text, CASE WHEN taken.typtype <> 'p' THEN format_type(taken.oid, -1) END
  FROM pg_catalog.pg_type AS sent
  JOIN pg_catalog.pg_proc AS send ON send.oid = sent.typsend
  JOIN pg_catalog.pg_type AS taken ON taken.oid = send.proargtypes[0]
 WHERE sent.oid = %s::regtype
