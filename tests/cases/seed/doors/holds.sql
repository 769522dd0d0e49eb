SELECT count(*) = 1 FROM places WHERE id = 'root'
SELECT count(*) >= 10 FROM keypads JOIN codes ON codes.id = opens_to AND keypad_id = keypads.id
SELECT count(DISTINCT proof) = count(*) FROM openings
SELECT count(*) > 5 FROM openings WHERE report::jsonb <> '{}'
SELECT bool_and(opened_at >= created_at) FROM openings
SELECT max(updated_at) - min(created_at) < 400 * 86400 * 1000::bigint FROM visits
