-- Which comments there are, on objects of every kind; none on an extension or its objects, nor on the database itself.
SELECT 'comment',
       CASE WHEN c.classoid = 'pg_class'::regclass THEN i.identity ELSE concat(i.type, ' ', i.identity) END,
       c.description,
       array_remove(ARRAY[CASE WHEN c.classoid <> 'pg_class'::regclass THEN i.identity END,
                          CASE c.classoid
                               WHEN 'pg_class'::regclass THEN c.objoid
                               WHEN 'pg_constraint'::regclass
                               THEN (SELECT nullif(k.conrelid, 0) FROM pg_constraint k WHERE k.oid = c.objoid)
                               WHEN 'pg_trigger'::regclass THEN (SELECT t.tgrelid FROM pg_trigger t WHERE t.oid = c.objoid)
                               WHEN 'pg_policy'::regclass THEN (SELECT p.polrelid FROM pg_policy p WHERE p.oid = c.objoid)
                               WHEN 'pg_rewrite'::regclass THEN (SELECT w.ev_class FROM pg_rewrite w WHERE w.oid = c.objoid)
                          END::regclass::text], NULL)
  FROM pg_description c
 CROSS JOIN LATERAL pg_identify_object(c.classoid, c.objoid, c.objsubid) AS i
 WHERE (c.objoid >= 16384 OR c.classoid = 'pg_namespace'::regclass AND c.objoid = to_regnamespace('public'))
   AND i.identity IS NOT NULL AND c.classoid <> 'pg_extension'::regclass
   AND coalesce(i.schema, '') !~ '^pg_'
   AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = c.classoid AND e.objid = c.objoid AND e.deptype = 'e')
