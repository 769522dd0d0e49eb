-- Which of the named databases belong to a role that ours may not act as, each with that role.
SELECT datname::text, pg_get_userbyid(datdba)::text
  FROM pg_database
 WHERE datname = ANY(%(names)s) AND NOT pg_has_role(datdba, 'USAGE')
 ORDER BY 1
