-- Human resources: WITHOUT OVERLAPS keys and PERIOD foreign keys.
CREATE EXTENSION btree_gist;
CREATE TABLE positions (
  position_no int NOT NULL,
  valid daterange NOT NULL,
  title text NOT NULL,
  CONSTRAINT positions_pk PRIMARY KEY (position_no, valid WITHOUT OVERLAPS)
);
CREATE TABLE employments (
  employee_no int NOT NULL,
  position_no int NOT NULL,
  valid daterange NOT NULL CHECK (NOT lower_inf(valid)),
  salary numeric(9,2) NOT NULL CHECK (salary >= 1000),
  PRIMARY KEY (employee_no, valid WITHOUT OVERLAPS),
  -- the position must exist for the whole employment
  FOREIGN KEY (position_no, PERIOD valid) REFERENCES positions (position_no, PERIOD valid)
);
CREATE TABLE absences (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  employee_no int NOT NULL,
  away daterange NOT NULL,
  reason text NOT NULL CHECK (reason IN ('holiday', 'sick', 'parental')),
  FOREIGN KEY (employee_no, PERIOD away) REFERENCES employments (employee_no, PERIOD valid),
  UNIQUE (employee_no, away WITHOUT OVERLAPS),
  CHECK (upper(away) - lower(away) BETWEEN 1 AND 60)
);
CREATE TABLE desk_leases (
  floor smallint NOT NULL,
  desk text NOT NULL,
  held tstzrange NOT NULL,
  employee_note text,
  UNIQUE (floor, desk, held WITHOUT OVERLAPS)
);
