-- Writes a chunk's line into the ledger; no row if it is there already, or if the ledger is another plan's.
INSERT INTO greenroom_ledger.lines (unlogged, schema_name, table_name, first, past)
SELECT coalesce((SELECT c.relpersistence = 'u'
                   FROM pg_catalog.pg_class c
                   JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname = %(schema)s AND c.relname = %(table)s), false),
       %(schema)s, %(table)s, %(first)s, %(past)s
  FROM greenroom_ledger.plan
 WHERE digest = %(digest)s
    ON CONFLICT DO NOTHING
RETURNING first
