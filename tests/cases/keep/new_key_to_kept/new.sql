CREATE TABLE customer (id int PRIMARY KEY, name text, uid uuid NOT NULL UNIQUE DEFAULT gen_random_uuid());
CREATE TABLE purchase (id int PRIMARY KEY, what text, customer_id int NOT NULL REFERENCES customer, customer_uid uuid NOT NULL REFERENCES customer (uid));
CREATE TABLE review (id serial PRIMARY KEY, customer_uid uuid NOT NULL REFERENCES customer (uid), purchase_id int NOT NULL REFERENCES purchase);
