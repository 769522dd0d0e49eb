-- Form builder: CHECKs on the shape of jsonb documents.
CREATE TABLE forms (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schema jsonb NOT NULL CHECK (jsonb_typeof(schema) = 'object' AND schema ?& ARRAY['title', 'fields']),
  settings jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(settings) = 'object'),
  CHECK (jsonb_typeof(schema -> 'fields') = 'array'),
  CHECK (jsonb_array_length(schema -> 'fields') BETWEEN 1 AND 20),
  CHECK (length(schema ->> 'title') >= 3)
);
CREATE TABLE webhooks (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  form_id int NOT NULL REFERENCES forms (id),
  config jsonb NOT NULL,
  CHECK (config ? 'method' AND config ->> 'method' IN ('GET', 'POST', 'PUT')),
  CHECK (config ->> 'url' IS NOT NULL AND config ->> 'url' LIKE 'https://%'),
  CHECK ((config ->> 'retries')::int BETWEEN 0 AND 5)
);
CREATE TABLE answers (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  form_id int NOT NULL REFERENCES forms (id),
  payload jsonb NOT NULL,
  tags jsonb NOT NULL DEFAULT '[]',
  geo jsonb,
  CHECK (payload ?| ARRAY['email', 'phone']),
  CHECK (NOT payload ? 'password'),
  CHECK (jsonb_typeof(tags) = 'array' AND jsonb_array_length(tags) <= 5),
  CHECK (geo IS NULL OR (jsonb_typeof(geo -> 'lat') = 'number' AND jsonb_typeof(geo -> 'lon') = 'number')),
  CHECK (payload @> '{"consent": true}')
);
CREATE TABLE events (
  id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  answer_id int REFERENCES answers (id),
  kind text NOT NULL CHECK (kind IN ('opened', 'scored')),
  body jsonb NOT NULL,
  flags json NOT NULL DEFAULT '{}' CHECK (json_typeof(flags) = 'object'),
  CHECK (body ->> 'kind' = kind),
  CHECK (kind <> 'scored' OR (body #>> '{result,score}')::numeric BETWEEN 0 AND 100),
  CHECK (jsonb_path_exists(body, '$.kind'))
);
CREATE TABLE palettes (
  name text PRIMARY KEY,
  colours jsonb NOT NULL CHECK (jsonb_typeof(colours) = 'array' AND jsonb_array_length(colours) = 3),
  weights jsonb NOT NULL CHECK (jsonb_typeof(weights -> 0) = 'number'),
  CHECK (colours ->> 0 ~ '^#[0-9a-f]{6}$')
);
CREATE TABLE by_paths (
  id int PRIMARY KEY,
  settings jsonb NOT NULL CHECK (jsonb_path_match(settings, '$.limit > 5 && $.unit == "day"')),
  basket jsonb NOT NULL CHECK (jsonb_path_exists(basket, '$.items[*] ? (@.price > 10)')),
  labels jsonb NOT NULL CHECK (labels @? '$.tags[*] ? (@ == "new")'),
  range jsonb NOT NULL CHECK (range @@ '$.low < 3')
);
CREATE TABLE none_without (
  members jsonb NOT NULL CHECK (jsonb_typeof(members) = 'array' AND jsonb_array_length(members) >= 1 AND NOT jsonb_path_exists(members, '$[*] ? (!exists(@.id) || @.id < 1)'))
);
