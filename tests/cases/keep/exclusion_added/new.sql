CREATE TABLE booking (id int, room int, during tsrange, EXCLUDE USING gist (int4range(room, room, '[]') WITH =, during WITH &&));
