-- Clinic network: the cycle runs through composite keys that share the clinic,
-- and the head of a ward must work on the very ward.
CREATE TABLE clinics (
  id int PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE wards (
  clinic_id int NOT NULL REFERENCES clinics (id),
  ward_no int NOT NULL,
  head_staff_no int NOT NULL,
  beds int NOT NULL CHECK (beds BETWEEN 2 AND 40),
  PRIMARY KEY (clinic_id, ward_no)
);
CREATE TABLE ward_staff (
  clinic_id int NOT NULL,
  ward_no int NOT NULL,
  staff_no int NOT NULL,
  role text NOT NULL CHECK (role IN ('head', 'nurse', 'doctor')),
  PRIMARY KEY (clinic_id, ward_no, staff_no),
  CONSTRAINT ward_staff_ward_fk FOREIGN KEY (clinic_id, ward_no)
    REFERENCES wards (clinic_id, ward_no) ON DELETE CASCADE
);
ALTER TABLE wards ADD CONSTRAINT wards_head_fk
  FOREIGN KEY (clinic_id, ward_no, head_staff_no)
  REFERENCES ward_staff (clinic_id, ward_no, staff_no)
  DEFERRABLE INITIALLY DEFERRED;
CREATE TABLE shifts (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clinic_id int NOT NULL,
  ward_no int NOT NULL,
  staff_no int NOT NULL,
  works_on date NOT NULL,
  part char(1) NOT NULL CHECK (part IN ('E', 'L', 'N')),
  FOREIGN KEY (clinic_id, ward_no, staff_no) REFERENCES ward_staff,
  UNIQUE (clinic_id, staff_no, works_on, part)
);
