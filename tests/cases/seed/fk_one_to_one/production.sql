-- Patient portal: one-to-one links by shared primary key, unique column and both.
CREATE TABLE persons (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 5000) PRIMARY KEY,
  family_name text NOT NULL,
  born_on date NOT NULL CHECK (born_on > DATE '1900-01-01' AND born_on < DATE '2030-01-01')
);
CREATE TABLE patients (
  person_id bigint PRIMARY KEY REFERENCES persons (id) ON DELETE CASCADE,
  insurance_no varchar(12) NOT NULL UNIQUE
);
CREATE TABLE medical_files (
  patient_id bigint PRIMARY KEY REFERENCES patients (person_id),
  blood_group text CHECK (blood_group IN ('0', 'A', 'B', 'AB')),
  rhesus char(1) CHECK (rhesus IN ('+', '-')),
  CHECK ((blood_group IS NULL) = (rhesus IS NULL))
);
CREATE TABLE logins (
  id serial PRIMARY KEY,
  person_id bigint NOT NULL UNIQUE REFERENCES persons (id),
  password_hash bytea NOT NULL CHECK (octet_length(password_hash) = 32)
);
CREATE TABLE avatars (
  id serial PRIMARY KEY,
  login_id int UNIQUE REFERENCES logins (id),
  person_id bigint UNIQUE REFERENCES persons (id),
  -- a login's picture or a person's, never both
  CHECK ((login_id IS NULL) <> (person_id IS NULL))
);
CREATE TABLE marriages (
  first_id bigint NOT NULL UNIQUE REFERENCES persons (id),
  second_id bigint NOT NULL UNIQUE REFERENCES persons (id),
  wed_on date NOT NULL,
  PRIMARY KEY (first_id, second_id),
  CHECK (first_id < second_id)
);
