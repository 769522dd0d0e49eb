-- Which functions, procedures, aggregates, operators, operator families and classes there are, each with its definition;
-- none of an extension, and none that a range type brings.
WITH ours AS (
    SELECT oid, nspname FROM pg_namespace WHERE nspname <> 'information_schema' AND nspname !~ '^pg_'
), routines AS (
    SELECT p.*, o.nspname
      FROM pg_proc p JOIN ours o ON o.oid = p.pronamespace
     WHERE NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype IN ('e', 'i'))
), families AS (
    SELECT f.oid, format('%I.%I using %I', o.nspname, f.opfname, m.amname) AS title
      FROM pg_opfamily f
      JOIN ours o ON o.oid = f.opfnamespace
      JOIN pg_am m ON m.oid = f.opfmethod
     WHERE NOT EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_opfamily'::regclass AND d.objid = f.oid AND d.deptype = 'e')
)
SELECT CASE prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
       format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(oid)) AS name,
       pg_get_functiondef(oid) AS definition, '{}'::text[] AS within
  FROM routines WHERE prokind <> 'a'
UNION ALL
SELECT 'aggregate', format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(oid)),
       concat_ws(' ', 'of (' || pg_get_function_arguments(oid) || ')', 'state', aggtranstype::regtype, 'by',
                 aggtransfn::regprocedure, 'size ' || nullif(aggtransspace, 0), 'from ' || quote_literal(agginitval),
                 'final ' || nullif(aggfinalfn::oid, 0)::regprocedure, CASE WHEN aggfinalextra THEN 'extra' END,
                 'final may ' || nullif(aggfinalmodify, 'r')::text, 'combine ' || nullif(aggcombinefn::oid, 0)::regprocedure,
                 'serial ' || nullif(aggserialfn::oid, 0)::regprocedure,
                 'deserial ' || nullif(aggdeserialfn::oid, 0)::regprocedure,
                 'moving state ' || nullif(aggmtranstype, 0)::regtype,
                 'by ' || nullif(aggmtransfn::oid, 0)::regprocedure, 'back by ' || nullif(aggminvtransfn::oid, 0)::regprocedure,
                 'size ' || nullif(aggmtransspace, 0), 'from ' || quote_literal(aggminitval),
                 'final ' || nullif(aggmfinalfn::oid, 0)::regprocedure, CASE WHEN aggmfinalextra THEN 'extra' END,
                 'final may ' || nullif(aggmfinalmodify, 'r')::text, 'sort operator ' || nullif(aggsortop, 0)::regoperator,
                 CASE aggkind WHEN 'h' THEN 'hypothetical' WHEN 'o' THEN 'ordered set' END, 'parallel ' || nullif(proparallel, 'u')::text), '{}'
  FROM routines JOIN pg_aggregate g ON g.aggfnoid = routines.oid
UNION ALL
SELECT 'operator', o.oid::regoperator::text,
       concat_ws(' ', 'by', o.oprcode::regprocedure, 'commutator ' || nullif(o.oprcom, 0)::regoperator,
                 'negator ' || nullif(o.oprnegate, 0)::regoperator, 'restrict ' || nullif(o.oprrest::oid, 0)::regprocedure,
                 'join ' || nullif(o.oprjoin::oid, 0)::regprocedure, CASE WHEN o.oprcanhash THEN 'hashes' END,
                 CASE WHEN o.oprcanmerge THEN 'merges' END), '{}'
  FROM pg_operator o JOIN ours ON ours.oid = o.oprnamespace
 WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e')
UNION ALL
SELECT 'operator family', f.title,
       concat_ws(E'\n', (SELECT string_agg(concat_ws(' ', 'operator', a.amopstrategy, a.amopopr::regoperator,
                                                     'for order by ' || nullif(a.amopsortfamily, 0)::regclass),
                                           E'\n' ORDER BY a.amoplefttype::regtype::text, a.amoprighttype::regtype::text,
                                                          a.amopstrategy, a.amoppurpose)
                           FROM pg_amop a WHERE a.amopfamily = f.oid),
                 (SELECT string_agg(format('function %s (%s, %s) %s', a.amprocnum, a.amproclefttype::regtype,
                                           a.amprocrighttype::regtype, a.amproc::regprocedure),
                                    E'\n' ORDER BY a.amproclefttype::regtype::text, a.amprocrighttype::regtype::text,
                                                   a.amprocnum)
                    FROM pg_amproc a WHERE a.amprocfamily = f.oid)), '{}'
  FROM families f
UNION ALL
SELECT 'operator class', format('%I.%I using %I', o.nspname, c.opcname, m.amname),
       concat_ws(' ', CASE WHEN c.opcdefault THEN 'default' END, 'for', c.opcintype::regtype,
                 'family ' || (SELECT format('%I.%I', n.nspname, f.opfname)
                                 FROM pg_opfamily f JOIN pg_namespace n ON n.oid = f.opfnamespace
                                WHERE f.oid = c.opcfamily),
                 'storage ' || nullif(c.opckeytype, 0)::regtype), '{}'
  FROM pg_opclass c
  JOIN ours o ON o.oid = c.opcnamespace
  JOIN pg_am m ON m.oid = c.opcmethod
 WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_opclass'::regclass AND d.objid = c.oid AND d.deptype = 'e')
