SELECT count(*) = 2 FROM b JOIN a ON a.id = a_id;
