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
), whole AS MATERIALIZED (  -- once for each type, as there are many columns of it
    SELECT p.whole AS type, string_agg(DISTINCT t.typname, ' ') AS held,
           bool_or(t.typcategory = 'S' AND t.typtype = 'b'
                   OR t.typname IN ('json', 'jsonb', 'xml', 'hstore', 'tsvector', 'inet', 'cidr', 'macaddr', 'macaddr8')
           ) AS read,
           bool_or(t.typname IN ('int8', 'numeric')) AS number
      FROM part p
      JOIN pg_type t ON t.oid = p.type
     GROUP BY p.whole
)
SELECT n.nspname, c.relname, c.relkind = 'p', array_agg(a.attname::text ORDER BY a.attnum),
       array_agg(w.held ORDER BY a.attnum)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN whole w ON w.type = a.atttypid
 WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
   AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
   AND (w.read OR w.number AND a.attname ~* '(phone|mobile|msisdn|fax|card_?(number|no)|(^|_)(tel|pan|ssn)($|_))')
 GROUP BY n.nspname, c.relname, c.relkind
 ORDER BY 1, 2
