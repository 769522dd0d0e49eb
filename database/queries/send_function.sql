-- The function that turns values of the named type into the bytes of binary COPY; NULL if the type has none.
SELECT CASE WHEN typsend <> 0 THEN typsend::regproc::text END
  FROM pg_catalog.pg_type
 WHERE oid = %s::regtype
