-- Contact and asset registry: regular-expression CHECKs of many kinds.
CREATE TABLE contacts (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  phone text NOT NULL UNIQUE CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  fax text CHECK (fax ~ '^\(\d{3}\) \d{3}-\d{4}$'),
  email text NOT NULL CHECK (email ~* '^[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$'),
  postcode_uk text CHECK (postcode_uk ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$'),
  postcode_nl text CHECK (postcode_nl SIMILAR TO '[1-9][0-9]{3} [A-Z]{2}'),
  nickname text NOT NULL CHECK (nickname !~ '\s' AND nickname <> '')
);
CREATE TABLE pages (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]+(?:-[a-z0-9]+)*$'),
  country char(2) NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  locale text NOT NULL CHECK (locale ~ '^[a-z]{2}(-[A-Z]{2})?$'),
  accent text NOT NULL CHECK (accent ~ '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$'),
  url text NOT NULL CHECK (url ~ '^https://[a-z0-9.-]+(/[^\s?#]*)?$' AND length(url) <= 60)
);
CREATE TABLE releases (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version text NOT NULL UNIQUE
    CHECK (version ~ '^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-(alpha|beta|rc)\.\d+)?$'),
  commit_sha char(40) NOT NULL CHECK (commit_sha ~ '^[0-9a-f]{40}$'),
  tag text NOT NULL CHECK (tag LIKE 'v%' AND tag NOT LIKE '% %'),
  notes_page int NOT NULL REFERENCES pages (id)
);
CREATE TABLE assets (
  serial_no varchar(20) PRIMARY KEY CHECK (serial_no ~ '^SN-(19|20)\d{2}-[A-Z]{3}\d{4}$'),
  mac text NOT NULL CHECK (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'),
  ipv4 text CHECK (ipv4 ~ '^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$'),
  iso_week char(8) NOT NULL CHECK (iso_week ~ '^20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-2])$'),
  clock_text text CHECK (clock_text ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  owner_phone text REFERENCES contacts (phone)
);
CREATE TABLE vouchers (
  code text PRIMARY KEY CHECK (code ~ '^[A-Z]{4}(-[A-Z0-9]{4}){3}$' AND code !~ '[IO01]'),
  hashtag text NOT NULL CHECK (hashtag ~ '^#\w{2,30}$'),
  title text NOT NULL CHECK (title ~ '^[[:upper:]][[:alpha:] ]+[^ ]$')
);
