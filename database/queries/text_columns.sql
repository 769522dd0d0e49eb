-- Which columns hold text, documents or network addresses, within whatever type, table by table, with the types that are
-- in them; numbers only where their name says that they are somebody's. Partitions are read through their root.
WITH RECURSIVE part(whole, type) AS (
    SELECT oid, oid FROM pg_type
    UNION
    SELECT p.whole, next.type
      FROM part p
      JOIN pg_type t ON t.oid = p.type
     CROSS JOIN LATERAL (
        SELECT t.typbasetype AS type WHERE t.typtype = 'd'
        UNION ALL SELECT t.typelem WHERE t.typcategory = 'A'
        UNION ALL SELECT rngsubtype FROM pg_range WHERE t.oid IN (rngtypid, rngmultitypid)
        UNION ALL SELECT atttypid FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0 AND NOT attisdropped
     ) AS next
)
SELECT n.nspname, c.relname, c.relkind = 'p', array_agg(a.attname::text ORDER BY a.attnum),
       array_agg(types.held ORDER BY a.attnum)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (
    SELECT string_agg(DISTINCT t.typname, ' ') AS held,
           bool_or(t.typcategory = 'S' AND t.typtype = 'b'
                   OR t.typname IN ('json', 'jsonb', 'xml', 'hstore', 'tsvector', 'inet', 'cidr', 'macaddr', 'macaddr8')
                   OR t.typname IN ('int8', 'numeric')
                      AND a.attname ~* '(phone|mobile|msisdn|fax|card_?(number|no)|(^|_)(tel|pan|ssn)($|_))') AS read
      FROM part p
      JOIN pg_type t ON t.oid = p.type
     WHERE p.whole = a.atttypid
 ) AS types
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND types.read
 GROUP BY n.nspname, c.relname, c.relkind
 ORDER BY 1, 2
