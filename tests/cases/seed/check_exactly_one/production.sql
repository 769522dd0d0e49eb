-- Comments and attachments: polymorphic columns with exactly-one and at-least-one rules.
CREATE TABLE songs (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
CREATE TABLE albums (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL);
CREATE TABLE artists (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  stage_name text,
  civil_name text,
  band_name text,
  -- at least one
  CHECK (stage_name IS NOT NULL OR civil_name IS NOT NULL OR band_name IS NOT NULL),
  -- a band has no civil name
  CHECK (band_name IS NULL OR civil_name IS NULL)
);
CREATE TABLE comments (
  id bigserial PRIMARY KEY,
  song_id int REFERENCES songs (id),
  album_id int REFERENCES albums (id),
  artist_id int REFERENCES artists (id),
  body text NOT NULL,
  CHECK (num_nonnulls(song_id, album_id, artist_id) = 1)
);
CREATE TABLE royalties (
  id bigserial PRIMARY KEY,
  song_id int REFERENCES songs (id),
  album_id int REFERENCES albums (id),
  fixed_amount numeric(10,2),
  share_percent numeric(5,2),
  CHECK ((song_id IS NULL) <> (album_id IS NULL)),
  CHECK ((fixed_amount IS NULL) != (share_percent IS NULL)),
  CHECK (fixed_amount > 0),
  CHECK (share_percent > 0 AND share_percent <= 100)
);
CREATE TABLE attachments (
  id bigserial PRIMARY KEY,
  comment_id bigint REFERENCES comments (id),
  royalty_id bigint REFERENCES royalties (id),
  artist_id int REFERENCES artists (id),
  inline_data bytea,
  url text,
  CHECK ((comment_id IS NOT NULL)::int + (royalty_id IS NOT NULL)::int + (artist_id IS NOT NULL)::int = 1),
  CHECK ((inline_data IS NULL) = (url IS NOT NULL))
);
CREATE TABLE playlist_items (
  playlist int NOT NULL,
  pos int NOT NULL CHECK (pos > 0),
  song_id int REFERENCES songs (id),
  pause_seconds int CHECK (pause_seconds BETWEEN 1 AND 10),
  PRIMARY KEY (playlist, pos),
  CHECK ((song_id IS NOT NULL AND pause_seconds IS NULL) OR (song_id IS NULL AND pause_seconds IS NOT NULL)),
  CHECK (num_nulls(song_id, pause_seconds) < 2)
);
