-- Moments that come strictly later, reminders of at least an hour, paths and events that a CHECK describes loosely.
CREATE TABLE series (
    id serial PRIMARY KEY,
    first_on date NOT NULL,
    last_on date CHECK (last_on > first_on),
    occurrences smallint CHECK (occurrences BETWEEN 2 AND 104),
    opens time NOT NULL DEFAULT '08:00',
    closes time NOT NULL,
    CHECK (opens < closes),
    CHECK (num_nonnulls(last_on, occurrences) = 1)
);
CREATE TABLE reminders (
    series_id integer NOT NULL REFERENCES series (id),
    send_before interval NOT NULL CHECK (send_before >= interval '1 hour'),
    PRIMARY KEY (series_id, send_before)
);
CREATE TABLE redirects (from_path varchar PRIMARY KEY CHECK (from_path ~ '^/'), to_path varchar CHECK (to_path ~ '^(/|https?://)'));
CREATE TABLE webhooks (
    id serial PRIMARY KEY,
    events text[] NOT NULL CHECK (events && ARRAY['appointment.created', 'claim.paid'])
);
CREATE TABLE members (
    id serial PRIMARY KEY,
    type text NOT NULL CHECK (type IN ('reader', 'author', 'editor')),
    account text,
    CHECK (type = 'author' OR account IS NULL)
);
CREATE TABLE episodes (id serial PRIMARY KEY, audio varchar NOT NULL UNIQUE CHECK (audio ~ '\.(mp3|m4a)$'));
