SELECT count(*) = 1 FROM places WHERE id = 'root'
SELECT count(*) >= 10 FROM keypads JOIN codes ON codes.id = opens_to AND keypad_id = keypads.id
