SELECT array_agg(concat_ws(' ', name, size, word, price, pick, amount) ORDER BY id)
    = '{a 5 long enough 7 x 12,nobody 2 NONE 9 x 12}' FROM t;
SELECT bool_and(place IS NOT NULL) FROM t;
