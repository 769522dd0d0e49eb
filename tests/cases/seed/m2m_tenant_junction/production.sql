-- Course platform: junctions in which the school is part of every key, a junction
-- of junctions, and a three-way junction with a unique pair inside it.
CREATE TABLE schools (
  id smallint PRIMARY KEY,
  name text NOT NULL
);
CREATE TABLE teachers (
  school_id smallint NOT NULL REFERENCES schools (id),
  no int NOT NULL,
  name text NOT NULL,
  PRIMARY KEY (school_id, no)
);
CREATE TABLE courses (
  school_id smallint NOT NULL REFERENCES schools (id),
  code varchar(10) NOT NULL,
  seats int NOT NULL CHECK (seats BETWEEN 5 AND 300),
  PRIMARY KEY (school_id, code)
);
CREATE TABLE rooms (
  school_id smallint NOT NULL REFERENCES schools (id),
  room varchar(10) NOT NULL,
  PRIMARY KEY (school_id, room)
);
CREATE TABLE lessons (
  school_id smallint NOT NULL,
  teacher_no int NOT NULL,
  course_code varchar(10) NOT NULL,
  room varchar(10) NOT NULL,
  weekday smallint NOT NULL CHECK (weekday BETWEEN 1 AND 5),
  slot smallint NOT NULL CHECK (slot BETWEEN 1 AND 8),
  PRIMARY KEY (school_id, teacher_no, weekday, slot),
  UNIQUE (school_id, room, weekday, slot),
  UNIQUE (school_id, course_code, weekday, slot),
  FOREIGN KEY (school_id, teacher_no) REFERENCES teachers (school_id, no),
  FOREIGN KEY (school_id, course_code) REFERENCES courses (school_id, code),
  FOREIGN KEY (school_id, room) REFERENCES rooms (school_id, room)
);
CREATE TABLE substitutions (
  school_id smallint NOT NULL,
  absent_no int NOT NULL,
  weekday smallint NOT NULL,
  slot smallint NOT NULL,
  substitute_no int NOT NULL,
  on_date date NOT NULL,
  CHECK (extract(isodow FROM on_date) = weekday),
  CHECK (absent_no <> substitute_no),
  PRIMARY KEY (school_id, substitute_no, on_date, slot),
  FOREIGN KEY (school_id, absent_no, weekday, slot) REFERENCES lessons (school_id, teacher_no, weekday, slot),
  FOREIGN KEY (school_id, substitute_no) REFERENCES teachers (school_id, no)
);
