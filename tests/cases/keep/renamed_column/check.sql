SELECT count(*) = 2 AND bool_and(full_name <> '') FROM people;
