-- Which of the named extensions this server could not create.
SELECT name::text
  FROM unnest(%(names)s::text[]) AS wanted(name)
 WHERE NOT EXISTS (SELECT FROM pg_available_extensions a WHERE a.name = wanted.name)
 ORDER BY 1
