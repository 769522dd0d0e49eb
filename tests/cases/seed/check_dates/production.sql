-- Project calendar: bounded date differences, weekdays, first of month, ages.
CREATE TABLE programmes (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  starts date NOT NULL CHECK (extract(day FROM starts) = 1),
  ends date NOT NULL,
  CHECK (ends - starts BETWEEN 27 AND 365),
  CHECK (ends = (date_trunc('month', ends) + interval '1 month - 1 day')::date)
);
CREATE TABLE sprints (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  programme_id int NOT NULL REFERENCES programmes (id),
  first_day date NOT NULL CHECK (extract(isodow FROM first_day) = 1),
  last_day date NOT NULL CHECK (extract(dow FROM last_day) = 5),
  UNIQUE (programme_id, first_day),
  CHECK (last_day = first_day + 11)
);
CREATE TABLE meetings (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sprint_id int NOT NULL REFERENCES sprints (id),
  begins timestamptz NOT NULL,
  finishes timestamptz NOT NULL,
  reminder_at timestamptz,
  CHECK (finishes > begins AND finishes - begins <= interval '4 hours'),
  CHECK (finishes >= begins + interval '15 minutes'),
  CHECK (reminder_at BETWEEN begins - interval '1 day' AND begins - interval '5 minutes'),
  CHECK (extract(minute FROM begins) IN (0, 15, 30, 45) AND extract(second FROM begins) = 0)
);
CREATE TABLE volunteers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  born date NOT NULL CHECK (born >= DATE '1940-01-01'),
  signed date NOT NULL CHECK (signed >= DATE '2015-01-01' AND signed <= DATE '2030-12-31'),
  CHECK (signed >= born + interval '18 years'),
  CHECK (extract(year FROM age(signed, born)) < 80)
);
CREATE TABLE time_sheets (
  volunteer_id int NOT NULL REFERENCES volunteers (id),
  year int NOT NULL CHECK (year BETWEEN 2015 AND 2030),
  month int NOT NULL CHECK (month BETWEEN 1 AND 12),
  day_worked date NOT NULL,
  came time NOT NULL,
  went time NOT NULL,
  PRIMARY KEY (volunteer_id, day_worked),
  CHECK (extract(year FROM day_worked) = year AND date_part('month', day_worked) = month),
  CHECK (went - came BETWEEN interval '30 minutes' AND interval '10 hours')
);
-- the clock that a CHECK asks is not the anchor
CREATE TABLE passes (id int PRIMARY KEY, expires date NOT NULL CHECK (expires > now()));
-- a day that follows from one that must not come twice
CREATE TABLE periods (starts date NOT NULL UNIQUE CHECK (extract(day FROM starts) = 1), ends date NOT NULL CHECK (ends = (starts + interval '1 month - 1 day')::date));
