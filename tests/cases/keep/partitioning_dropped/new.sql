CREATE TABLE e (at timestamptz, v int);
