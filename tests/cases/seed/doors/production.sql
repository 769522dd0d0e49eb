-- A root above all other places, subtypes that share their base's key, moments and documents in columns of other types.
CREATE TABLE places (
    id text PRIMARY KEY,
    kind text NOT NULL,
    above text REFERENCES places (id),
    CONSTRAINT each_below_its_kind CHECK (
        (kind = 'root' AND above IS NULL)
        OR (kind = 'site' AND above = 'root')
        OR (kind = 'room' AND above IS NOT NULL AND above <> 'root')
    )
);
CREATE TABLE root_places (
    place_id text PRIMARY KEY REFERENCES places (id) CHECK (place_id = 'root'),
    greeting text
);

CREATE TABLE doors (
    id uuid PRIMARY KEY,
    place_id text NOT NULL REFERENCES places (id),
    UNIQUE (place_id, id)
);
-- A keypad is a door, and the code it opens to is one of its own.
CREATE TABLE keypads (
    id uuid PRIMARY KEY,
    place_id text NOT NULL,
    opens_to uuid NOT NULL,
    FOREIGN KEY (place_id, id) REFERENCES doors (place_id, id)
);
CREATE TABLE codes (
    id uuid PRIMARY KEY,
    keypad_id uuid NOT NULL REFERENCES keypads (id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (keypad_id, id)
);
ALTER TABLE keypads
    ADD CONSTRAINT opens_to_its_own FOREIGN KEY (id, opens_to) REFERENCES codes (keypad_id, id) DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE openings (
    id bigserial PRIMARY KEY,
    keypad_id uuid NOT NULL REFERENCES keypads (id),
    proof bytea NOT NULL CHECK (octet_length(proof) > 0),
    report text NOT NULL CHECK (jsonb_typeof(report::jsonb) = 'object'),
    created_at timestamptz NOT NULL,
    opened_at timestamptz CHECK (opened_at > '2019-01-01 00:00:00+00')
);
CREATE TABLE visits (
    id bigserial PRIMARY KEY,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CHECK (updated_at >= created_at)
);
