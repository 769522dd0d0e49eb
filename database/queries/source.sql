-- What a snapshot notes of production besides its shape: whether there is a schema public, Alembic's table.
SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public'),
       (SELECT format('%I.%I', n.nspname, c.relname)
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = 'alembic_version' AND c.relkind = 'r' AND has_schema_privilege(n.oid, 'USAGE')
           AND has_table_privilege(c.oid, 'SELECT')
         ORDER BY n.nspname <> 'public', n.nspname
         LIMIT 1)
