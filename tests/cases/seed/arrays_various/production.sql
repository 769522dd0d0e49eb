-- Chess club: arrays of every base type, of enums, multi-dimensional, as keys and defaults.
CREATE TYPE piece AS ENUM ('K', 'Q', 'R', 'B', 'N', 'P');
CREATE TABLE clubs (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  names varchar(20)[] NOT NULL,
  ratings int[] NOT NULL DEFAULT '{1500,1600}',
  fees numeric(6,2)[],
  open_hours time[] NOT NULL DEFAULT ARRAY['18:00'::time, '22:00'::time],
  flags boolean[] NOT NULL,
  site_ids uuid[],
  UNIQUE (names)
);
CREATE TABLE tournaments (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  club_id int NOT NULL REFERENCES clubs (id),
  round_days date[] NOT NULL CHECK (cardinality(round_days) BETWEEN 1 AND 9),
  prizes money[],
  periods tstzrange[],
  arbiters text[3] NOT NULL,
  photos bytea[],
  extras jsonb[] NOT NULL DEFAULT '{}'
);
CREATE TABLE positions (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  board smallint[][] NOT NULL CHECK (array_dims(board) = '[1:3][1:3]'),
  captured piece[] NOT NULL CHECK (NOT captured @> '{K}'),
  counts int[] NOT NULL CHECK (array_ndims(counts) IS NULL OR array_ndims(counts) = 1),
  moves text[] NOT NULL CHECK (array_to_string(moves, ' ') !~ '  ')
);
CREATE TABLE games (
  tournament_id int NOT NULL REFERENCES tournaments (id),
  pairing int[] NOT NULL CHECK (cardinality(pairing) = 2 AND pairing[1] <> pairing[2]),
  final_position int REFERENCES positions (id),
  clock_left interval[] NOT NULL,
  result real[] CHECK (result[1] + result[2] = 1),
  PRIMARY KEY (tournament_id, pairing)
);
CREATE TABLE of_several_dimensions (
  id int PRIMARY KEY,
  board int[][] NOT NULL CHECK (array_length(board, 1) = 3 AND array_length(board, 2) = 4),
  places text[] NOT NULL CHECK (array_dims(places) = '[1:2][1:2][1:2]'),
  shares numeric(4, 2)[] NOT NULL CHECK (array_ndims(shares) = 2 AND array_length(shares, 1) = array_length(shares, 2))
);
