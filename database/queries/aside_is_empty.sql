-- Whether the database for what was set aside holds no row of ours, and no table that somebody has made beside ours.
SELECT NOT EXISTS (SELECT FROM greenroom.set_aside)
   AND NOT EXISTS (SELECT FROM pg_class c
                     JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
                      AND NOT (n.nspname = 'greenroom' AND c.relname IN ('set_aside', 'under_way')))
