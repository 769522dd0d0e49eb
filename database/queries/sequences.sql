-- Which sequences feed which column, so that each can be set past what the column holds: owned by the column, or named
-- by its default, as several columns may share one. A column of text that a number is only a part of is left out, and so
-- is a table without a page on disk that has no children either.
WITH feeds AS (
    SELECT d.objid AS sequence, d.refobjid AS relation, d.refobjsubid AS number
      FROM pg_depend d
     WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
       AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
    UNION
    SELECT d.refobjid, f.adrelid, f.adnum
      FROM pg_attrdef f
      JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
)
SELECT format('%I.%I', sn.nspname, s.relname), format('%I.%I', tn.nspname, t.relname), format('%I', a.attname),
       q.seqincrement, q.seqmin, q.seqmax
  FROM feeds
  JOIN pg_class s ON s.oid = feeds.sequence AND s.relkind = 'S'
  JOIN pg_sequence q ON q.seqrelid = s.oid
  JOIN pg_namespace sn ON sn.oid = s.relnamespace
  JOIN pg_class t ON t.oid = feeds.relation AND t.relkind IN ('r', 'p') AND NOT t.relispartition
   AND (t.relhassubclass OR pg_relation_size(t.oid) > 0)
  JOIN pg_namespace tn ON tn.oid = t.relnamespace
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = feeds.number
  JOIN pg_type y ON y.oid = a.atttypid AND y.typcategory = 'N'
 ORDER BY 1, 2, 3
