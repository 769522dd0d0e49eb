-- A booking and records service for clinics, one database for all tenants, with tenant_id in every key.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS citext;

CREATE SCHEMA app;
CREATE SCHEMA ref;
CREATE SCHEMA audit;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinic_app') THEN
        CREATE ROLE clinic_app NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'clinic_support') THEN
        CREATE ROLE clinic_support NOLOGIN;
    END IF;
END $$;

-- Keys sort by time, as UUID version 7 of RFC 9562 does.
CREATE FUNCTION app.new_id() RETURNS uuid LANGUAGE sql VOLATILE AS $$ SELECT uuidv7() $$;

CREATE FUNCTION app.current_tenant() RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT current_setting('app.tenant_id')::uuid
$$;

CREATE FUNCTION app.is_e164(number text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT number ~ '^\+[1-9]\d{7,14}$'
$$;

CREATE FUNCTION app.iban_ok(iban text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    turned text := substr(iban, 5) || substr(iban, 1, 4);
    letter text;
    rest integer := 0;
BEGIN
    FOREACH letter IN ARRAY regexp_split_to_array(turned, '') LOOP
        IF letter ~ '[0-9]' THEN
            rest := (rest * 10 + letter::integer) % 97;
        ELSE
            rest := (rest * 100 + ascii(letter) - 55) % 97;
        END IF;
    END LOOP;
    RETURN rest = 1;
END $$;

CREATE DOMAIN app.email AS citext CHECK (VALUE ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$');
CREATE DOMAIN app.phone AS text CHECK (app.is_e164(VALUE));
CREATE DOMAIN app.iban AS text CHECK (VALUE ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' AND char_length(VALUE) BETWEEN 15 AND 34);
CREATE DOMAIN app.hex_color AS text CHECK (VALUE ~ '^#[0-9a-f]{6}$');
CREATE DOMAIN app.short_text AS text CHECK (char_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN app.cents AS bigint CHECK (VALUE >= 0);

CREATE TYPE app.weekday AS ENUM ('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun');
CREATE TYPE app.appointment_status AS ENUM
    ('requested', 'confirmed', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show');
CREATE TYPE app.sex AS ENUM ('female', 'male', 'intersex', 'unknown');
CREATE TYPE app.member_role AS ENUM ('owner', 'admin', 'practitioner', 'receptionist', 'billing', 'read_only');
CREATE TYPE app.channel AS ENUM ('email', 'sms', 'phone', 'push');
CREATE TYPE app.severity AS ENUM ('mild', 'moderate', 'severe', 'life_threatening');
CREATE TYPE app.claim_status AS ENUM ('draft', 'submitted', 'accepted', 'denied', 'paid');

-- lookups ----------------------------------------------------------------------------------------------------------

CREATE TABLE ref.plans (
    code text PRIMARY KEY CHECK (code IN ('free', 'team', 'clinic', 'hospital')),
    label text NOT NULL,
    max_practitioners integer CHECK (max_practitioners > 0),
    monthly_cents app.cents NOT NULL
);

CREATE TABLE ref.countries (
    code char(2) PRIMARY KEY CHECK (code ~ '^[A-Z]{2}$'),
    name text NOT NULL,
    dial_prefix text NOT NULL CHECK (dial_prefix ~ '^\+\d{1,4}$')
);

CREATE TABLE ref.appointment_types (
    code text PRIMARY KEY,
    label text NOT NULL,
    default_minutes smallint NOT NULL CHECK (default_minutes % 5 = 0 AND default_minutes BETWEEN 5 AND 240),
    CONSTRAINT known_codes CHECK (code IN ('intake', 'follow_up', 'procedure', 'telehealth', 'vaccination', 'emergency'))
);

CREATE TABLE ref.diagnosis_codes (
    code varchar(8) PRIMARY KEY CHECK (code ~ '^[A-Z][0-9]{2}(\.[0-9]{1,2})?$'),
    description text NOT NULL,
    parent_code varchar(8) REFERENCES ref.diagnosis_codes (code),
    billable boolean NOT NULL DEFAULT true
);

CREATE TABLE ref.drugs (
    ndc text PRIMARY KEY CHECK (ndc ~ '^\d{4,5}-\d{3,4}-\d{1,2}$'),
    name text NOT NULL,
    form text NOT NULL CHECK (form IN ('tablet', 'capsule', 'solution', 'injection', 'cream')),
    strength_mg numeric(8, 3) CHECK (strength_mg > 0),
    controlled boolean NOT NULL DEFAULT false
);

CREATE TABLE ref.units (
    code text PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('mass', 'length', 'temperature', 'pressure', 'rate', 'ratio'))
);

-- tenants and people -----------------------------------------------------------------------------------------------

CREATE TABLE app.tenants (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$' AND slug NOT LIKE '%--%'),
    name app.short_text NOT NULL,
    plan_code text NOT NULL DEFAULT 'free' REFERENCES ref.plans (code),
    country_code char(2) NOT NULL REFERENCES ref.countries (code),
    time_zone text NOT NULL DEFAULT 'UTC',
    brand_color app.hex_color,
    settings jsonb NOT NULL DEFAULT '{"locale": "en", "features": []}',
    trial_ends_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT settings_shape CHECK (
        jsonb_typeof(settings) = 'object' AND settings ? 'locale' AND jsonb_typeof(settings -> 'features') = 'array'),
    CONSTRAINT trial_only_when_free CHECK (plan_code = 'free' OR trial_ends_at IS NULL)
);

CREATE TABLE app.users (
    id uuid PRIMARY KEY DEFAULT app.new_id(),
    email app.email NOT NULL,
    display_name app.short_text NOT NULL,
    password_hash text CHECK (password_hash LIKE '$argon2id$%'),
    sso_subject text,
    mfa_secret bytea,
    locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'de', 'fr', 'es', 'pt-BR')),
    last_seen_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT can_sign_in CHECK (password_hash IS NOT NULL OR sso_subject IS NOT NULL OR deleted_at IS NOT NULL)
);
CREATE UNIQUE INDEX users_live_email ON app.users (email) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX users_sso ON app.users (sso_subject) WHERE sso_subject IS NOT NULL;

CREATE TABLE app.memberships (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES app.users (id),
    roles app.member_role[] NOT NULL CHECK (cardinality(roles) > 0 AND array_position(roles, NULL) IS NULL),
    invited_by uuid REFERENCES app.users (id),
    invited_at timestamptz NOT NULL DEFAULT now(),
    accepted_at timestamptz CHECK (accepted_at >= invited_at),
    PRIMARY KEY (tenant_id, user_id),
    CHECK (invited_by <> user_id)
);

CREATE TABLE app.api_keys (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    created_by uuid NOT NULL,
    name app.short_text NOT NULL,
    prefix char(8) NOT NULL UNIQUE CHECK (prefix ~ '^[a-z0-9]{8}$'),
    secret_hash bytea NOT NULL CHECK (length(secret_hash) = 32),
    scopes text[] NOT NULL DEFAULT '{}' CHECK (scopes <@ ARRAY['read', 'write', 'admin', 'webhooks']),
    allowed_networks cidr[],
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES app.memberships (tenant_id, user_id)
);
CREATE UNIQUE INDEX api_keys_live_name ON app.api_keys (tenant_id, lower(name)) WHERE revoked_at IS NULL;

CREATE TABLE app.locations (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    name app.short_text NOT NULL,
    street text NOT NULL,
    city text NOT NULL,
    postal_code text NOT NULL CHECK (postal_code ~ '^[A-Z0-9][A-Z0-9 -]{1,9}$'),
    country_code char(2) NOT NULL REFERENCES ref.countries (code),
    phone app.phone,
    open_days app.weekday[] NOT NULL DEFAULT '{mon,tue,wed,thu,fri}' CHECK (array_length(open_days, 1) BETWEEN 1 AND 7),
    opens time NOT NULL DEFAULT '08:00',
    closes time NOT NULL DEFAULT '18:00',
    deleted_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CHECK (opens < closes)
);
CREATE UNIQUE INDEX locations_live_name ON app.locations (tenant_id, lower(name)) WHERE deleted_at IS NULL;

CREATE TABLE app.departments (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    location_id uuid NOT NULL,
    parent_id uuid,
    name app.short_text NOT NULL,
    cost_centre text CHECK (cost_centre ~ '^\d{4}$'),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, location_id) REFERENCES app.locations (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES app.departments (tenant_id, id),
    UNIQUE NULLS NOT DISTINCT (tenant_id, parent_id, name),
    CHECK (parent_id <> id)
);

CREATE TABLE app.practitioners (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    user_id uuid NOT NULL,
    department_id uuid,
    title text CHECK (title IN ('Dr.', 'Prof.', 'PA', 'NP', 'RN')),
    npi char(10) CHECK (npi ~ '^[12]\d{9}$'),
    speciality text NOT NULL,
    works_on app.weekday[] NOT NULL,
    calendar_color app.hex_color NOT NULL DEFAULT '#336699',
    hired_on date NOT NULL,
    left_on date,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, user_id),
    FOREIGN KEY (tenant_id, user_id) REFERENCES app.memberships (tenant_id, user_id),
    FOREIGN KEY (tenant_id, department_id) REFERENCES app.departments (tenant_id, id),
    CHECK (left_on IS NULL OR left_on >= hired_on)
);
CREATE UNIQUE INDEX practitioners_npi ON app.practitioners (tenant_id, npi) WHERE npi IS NOT NULL AND left_on IS NULL;
ALTER TABLE app.departments ADD COLUMN head_id uuid;
ALTER TABLE app.departments ADD FOREIGN KEY (tenant_id, head_id) REFERENCES app.practitioners (tenant_id, id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE app.rooms (
    tenant_id uuid NOT NULL,
    location_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    code varchar(10) NOT NULL CHECK (code ~ '^[A-Z]\d{1,3}[a-z]?$'),
    floor smallint NOT NULL DEFAULT 0 CHECK (floor BETWEEN -3 AND 60),
    seats smallint CHECK (seats > 0),
    equipment jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(equipment) = 'array'),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, location_id, code),
    UNIQUE (tenant_id, location_id, id),
    FOREIGN KEY (tenant_id, location_id) REFERENCES app.locations (tenant_id, id)
);

-- patients ---------------------------------------------------------------------------------------------------------

CREATE TABLE app.patients (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    mrn text NOT NULL CHECK (mrn ~ '^MRN[0-9]{7}$'),
    given_name text NOT NULL CHECK (given_name = btrim(given_name) AND given_name <> ''),
    family_name text NOT NULL CHECK (family_name = btrim(family_name) AND family_name <> ''),
    birth_date date NOT NULL CHECK (birth_date >= '1900-01-01'),
    death_date date,
    sex app.sex NOT NULL DEFAULT 'unknown',
    email app.email,
    phone app.phone,
    preferred_channel app.channel,
    national_id text,
    blood_type text CHECK (blood_type IN ('A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', '0+', '0-')),
    emergency_contact jsonb,
    primary_practitioner_id uuid,
    guardian_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    deleted_by uuid REFERENCES app.users (id),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, primary_practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    FOREIGN KEY (tenant_id, guardian_id) REFERENCES app.patients (tenant_id, id),
    CONSTRAINT died_after_birth CHECK (death_date >= birth_date),
    CONSTRAINT reachable_as_preferred CHECK (
        (preferred_channel IS DISTINCT FROM 'email' OR email IS NOT NULL)
        AND (preferred_channel NOT IN ('sms', 'phone') OR phone IS NOT NULL)),
    CONSTRAINT contact_shape CHECK (
        emergency_contact IS NULL
        OR (emergency_contact ?& ARRAY['name', 'phone'] AND app.is_e164(emergency_contact ->> 'phone'))),
    CONSTRAINT deleted_by_someone CHECK (num_nulls(deleted_at, deleted_by) IN (0, 2)),
    CONSTRAINT updated_after_created CHECK (created_at <= updated_at),
    CONSTRAINT not_own_guardian CHECK (guardian_id IS NULL OR guardian_id <> id)
);
CREATE UNIQUE INDEX patients_live_mrn ON app.patients (tenant_id, mrn) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX patients_live_national_id ON app.patients (tenant_id, upper(national_id))
    WHERE deleted_at IS NULL AND national_id IS NOT NULL;

CREATE TABLE app.patient_tags (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    tag text NOT NULL CHECK (tag = lower(tag) AND length(tag) <= 30),
    tagged_by uuid,
    PRIMARY KEY (tenant_id, patient_id, tag),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, tagged_by) REFERENCES app.memberships (tenant_id, user_id)
);

CREATE TABLE app.insurers (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    name app.short_text NOT NULL,
    payer_code varchar(12) NOT NULL CHECK (payer_code ~ '^[A-Z0-9]{5,12}$'),
    iban app.iban,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, payer_code)
);

CREATE TABLE app.policies (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    patient_id uuid NOT NULL,
    insurer_id uuid NOT NULL,
    policy_number text NOT NULL,
    rank smallint NOT NULL DEFAULT 1 CHECK (rank BETWEEN 1 AND 3),
    covers daterange NOT NULL CHECK (NOT isempty(covers) AND NOT lower_inf(covers)),
    copay_percent smallint NOT NULL DEFAULT 0 CHECK (copay_percent >= 0 AND copay_percent <= 100),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, insurer_id, policy_number),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, insurer_id) REFERENCES app.insurers (tenant_id, id),
    EXCLUDE USING gist (tenant_id WITH =, patient_id WITH =, rank WITH =, covers WITH &&)
);

CREATE TABLE app.allergies (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    substance text NOT NULL,
    severity app.severity NOT NULL,
    reaction text,
    noted_on date NOT NULL DEFAULT CURRENT_DATE,
    PRIMARY KEY (tenant_id, patient_id, substance),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    CHECK (severity < 'severe' OR reaction IS NOT NULL)
);

CREATE TABLE app.consents (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('treatment', 'data_sharing', 'marketing', 'research')),
    version smallint NOT NULL CHECK (version > 0),
    given boolean NOT NULL,
    signed_at timestamptz,
    signature bytea,
    withdrawn_at timestamptz,
    PRIMARY KEY (tenant_id, patient_id, kind, version),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    CHECK (NOT given OR (signed_at IS NOT NULL AND signature IS NOT NULL)),
    CHECK (withdrawn_at IS NULL OR (given AND withdrawn_at > signed_at))
);

-- calendar ---------------------------------------------------------------------------------------------------------

CREATE TABLE app.working_hours (
    tenant_id uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    location_id uuid NOT NULL,
    day app.weekday NOT NULL,
    starts time NOT NULL,
    ends time NOT NULL CHECK (ends > starts),
    valid daterange NOT NULL,
    PRIMARY KEY (tenant_id, practitioner_id, day, valid WITHOUT OVERLAPS),
    FOREIGN KEY (tenant_id, practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    FOREIGN KEY (tenant_id, location_id) REFERENCES app.locations (tenant_id, id)
);

CREATE TABLE app.series (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    patient_id uuid NOT NULL,
    rule text NOT NULL CHECK (rule ~ '^FREQ=(DAILY|WEEKLY|MONTHLY);INTERVAL=[1-9]\d?$'),
    first_on date NOT NULL,
    last_on date CHECK (last_on > first_on),
    occurrences smallint CHECK (occurrences BETWEEN 2 AND 104),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    CONSTRAINT ends_somehow CHECK (num_nonnulls(last_on, occurrences) = 1)
);

CREATE TABLE app.appointments (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    patient_id uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    location_id uuid NOT NULL,
    room_id uuid,
    series_id uuid,
    type_code text NOT NULL REFERENCES ref.appointment_types (code),
    slot tstzrange NOT NULL,
    status app.appointment_status NOT NULL DEFAULT 'requested',
    checked_in_at timestamptz,
    completed_at timestamptz,
    cancelled_at timestamptz,
    cancelled_reason text,
    cancelled_by text CHECK (cancelled_by IN ('patient', 'clinic')),
    telehealth_url text CHECK (telehealth_url ~ '^https://'),
    notes text,
    rescheduled_from uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    FOREIGN KEY (tenant_id, location_id) REFERENCES app.locations (tenant_id, id),
    FOREIGN KEY (tenant_id, location_id, room_id) REFERENCES app.rooms (tenant_id, location_id, id),
    FOREIGN KEY (tenant_id, series_id) REFERENCES app.series (tenant_id, id),
    FOREIGN KEY (tenant_id, rescheduled_from) REFERENCES app.appointments (tenant_id, id),
    CONSTRAINT slot_is_bounded CHECK (
        NOT isempty(slot) AND lower(slot) IS NOT NULL AND upper(slot) IS NOT NULL AND lower_inc(slot) AND NOT upper_inc(slot)
        AND upper(slot) - lower(slot) BETWEEN interval '5 minutes' AND interval '8 hours'),
    CONSTRAINT checked_in_has_moment CHECK (
        status NOT IN ('checked_in', 'in_progress', 'completed') OR checked_in_at IS NOT NULL),
    CONSTRAINT completed_has_moment CHECK ((status = 'completed') = (completed_at IS NOT NULL)),
    CONSTRAINT cancelled_says_who CHECK (
        CASE WHEN status = 'cancelled' THEN cancelled_at IS NOT NULL AND cancelled_by IS NOT NULL
             ELSE cancelled_at IS NULL AND cancelled_by IS NULL AND cancelled_reason IS NULL END),
    CONSTRAINT in_order CHECK (completed_at > checked_in_at),
    CONSTRAINT telehealth_has_url CHECK (type_code <> 'telehealth' OR (telehealth_url IS NOT NULL AND room_id IS NULL)),
    CONSTRAINT practitioner_is_free EXCLUDE USING gist
        (tenant_id WITH =, practitioner_id WITH =, slot WITH &&) WHERE (status NOT IN ('cancelled', 'no_show')),
    CONSTRAINT room_is_free EXCLUDE USING gist
        (tenant_id WITH =, room_id WITH =, slot WITH &&) WHERE (room_id IS NOT NULL AND status NOT IN ('cancelled', 'no_show'))
);
CREATE INDEX appointments_slot ON app.appointments USING gist (tenant_id, slot);

CREATE TABLE app.reminders (
    tenant_id uuid NOT NULL,
    appointment_id uuid NOT NULL,
    channel app.channel NOT NULL,
    send_before interval NOT NULL CHECK (send_before >= interval '1 hour'),
    sent_at timestamptz,
    failed_at timestamptz,
    error text,
    PRIMARY KEY (tenant_id, appointment_id, channel, send_before),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES app.appointments (tenant_id, id) ON DELETE CASCADE,
    CHECK (sent_at IS NULL OR failed_at IS NULL),
    CHECK ((failed_at IS NULL) = (error IS NULL))
);

CREATE TABLE app.waitlist (
    tenant_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    practitioner_id uuid,
    type_code text NOT NULL REFERENCES ref.appointment_types (code),
    position integer NOT NULL CHECK (position > 0),
    wanted_days app.weekday[] NOT NULL DEFAULT '{}',
    asked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, patient_id, type_code),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    UNIQUE (tenant_id, type_code, position) DEFERRABLE
);

-- records ----------------------------------------------------------------------------------------------------------

CREATE TABLE app.encounters (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    appointment_id uuid,
    patient_id uuid NOT NULL,
    practitioner_id uuid NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at timestamptz CHECK (ended_at > started_at),
    summary text,
    signed_at timestamptz,
    signed_by uuid,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, appointment_id),
    UNIQUE (tenant_id, patient_id, id),
    FOREIGN KEY (tenant_id, appointment_id) REFERENCES app.appointments (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    FOREIGN KEY (tenant_id, signed_by) REFERENCES app.practitioners (tenant_id, id),
    CHECK ((signed_at IS NULL) = (signed_by IS NULL)),
    CHECK (signed_at IS NULL OR summary IS NOT NULL),
    CHECK (signed_at >= started_at)
);

CREATE TABLE app.diagnoses (
    tenant_id uuid NOT NULL,
    encounter_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    code varchar(8) NOT NULL REFERENCES ref.diagnosis_codes (code),
    is_primary boolean NOT NULL DEFAULT false,
    onset_on date,
    resolved_on date,
    PRIMARY KEY (tenant_id, encounter_id, code),
    FOREIGN KEY (tenant_id, patient_id, encounter_id) REFERENCES app.encounters (tenant_id, patient_id, id),
    CHECK (resolved_on >= onset_on)
);
CREATE UNIQUE INDEX one_primary_diagnosis ON app.diagnoses (tenant_id, encounter_id) WHERE is_primary;

CREATE TABLE app.vitals (
    tenant_id uuid NOT NULL,
    encounter_id uuid NOT NULL,
    taken_at timestamptz NOT NULL,
    systolic smallint CHECK (systolic BETWEEN 40 AND 300),
    diastolic smallint CHECK (diastolic BETWEEN 20 AND 200),
    pulse smallint CHECK (pulse > 0 AND pulse < 300),
    temperature_c numeric(3, 1) CHECK (temperature_c BETWEEN 30 AND 45),
    weight_kg numeric(5, 2) CHECK (weight_kg > 0.3),
    height_cm numeric(4, 1) CHECK (height_cm > 20),
    bmi numeric GENERATED ALWAYS AS (round(weight_kg / ((height_cm / 100) * (height_cm / 100)), 1)) STORED,
    pain smallint CHECK (pain IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
    PRIMARY KEY (tenant_id, encounter_id, taken_at),
    FOREIGN KEY (tenant_id, encounter_id) REFERENCES app.encounters (tenant_id, id),
    CONSTRAINT pressure_is_a_pair CHECK (num_nonnulls(systolic, diastolic) <> 1 AND systolic > diastolic),
    CONSTRAINT something_measured CHECK (coalesce(systolic, pulse, temperature_c, weight_kg) IS NOT NULL)
);

CREATE TABLE app.prescriptions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    encounter_id uuid NOT NULL,
    patient_id uuid NOT NULL,
    prescriber_id uuid NOT NULL,
    drug_ndc text NOT NULL REFERENCES ref.drugs (ndc),
    dose numeric(8, 3) NOT NULL CHECK (dose > 0),
    dose_unit text NOT NULL REFERENCES ref.units (code),
    times_per_day smallint NOT NULL CHECK (times_per_day BETWEEN 1 AND 12),
    days smallint NOT NULL CHECK (days BETWEEN 1 AND 365),
    refills smallint NOT NULL DEFAULT 0 CHECK (refills >= 0 AND refills <= 11),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'stopped', 'completed', 'entered_in_error')),
    stopped_reason text,
    issued_on date NOT NULL,
    expires_on date NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id, encounter_id) REFERENCES app.encounters (tenant_id, patient_id, id),
    FOREIGN KEY (tenant_id, prescriber_id) REFERENCES app.practitioners (tenant_id, id),
    CHECK (expires_on > issued_on AND expires_on <= issued_on + 400),
    CHECK ((status = 'stopped') = (stopped_reason IS NOT NULL))
);

CREATE TABLE app.lab_orders (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    encounter_id uuid NOT NULL,
    accession text NOT NULL CHECK (accession ~ '^[0-9]{2}[A-Z]{2}-[0-9]{6}$'),
    panel text NOT NULL,
    priority text NOT NULL DEFAULT 'routine' CHECK (priority IN ('routine', 'urgent', 'stat')),
    ordered_at timestamptz NOT NULL DEFAULT now(),
    resulted_at timestamptz CHECK (resulted_at >= ordered_at),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, accession),
    FOREIGN KEY (tenant_id, encounter_id) REFERENCES app.encounters (tenant_id, id)
);

CREATE TABLE app.lab_results (
    tenant_id uuid NOT NULL,
    order_id uuid NOT NULL,
    analyte text NOT NULL CHECK (analyte ~ '^[A-Z][A-Za-z0-9 -]{1,40}$'),
    value numeric,
    value_text text,
    unit text REFERENCES ref.units (code),
    reference numrange CHECK (NOT isempty(reference)),
    flag char(1) CHECK (flag IN ('L', 'N', 'H', 'C')),
    PRIMARY KEY (tenant_id, order_id, analyte),
    FOREIGN KEY (tenant_id, order_id) REFERENCES app.lab_orders (tenant_id, id),
    CONSTRAINT number_or_text CHECK ((value IS NULL) <> (value_text IS NULL)),
    CONSTRAINT numbers_have_units CHECK (value IS NULL OR unit IS NOT NULL)
);

CREATE TABLE app.documents (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    patient_id uuid,
    practitioner_id uuid,
    location_id uuid,
    folder_id uuid,
    file_name text NOT NULL CHECK (file_name ~ '^[^/\\]+\.(pdf|png|jpe?g|docx)$'),
    mime_type text NOT NULL CHECK (mime_type IN ('application/pdf', 'image/png', 'image/jpeg',
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document')),
    size_bytes bigint NOT NULL CHECK (size_bytes > 0 AND size_bytes <= 52428800),
    sha256 char(64) NOT NULL CHECK (sha256 ~ '^[a-f0-9]{64}$'),
    pages int4range,
    uploaded_by uuid NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, sha256),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, practitioner_id) REFERENCES app.practitioners (tenant_id, id),
    FOREIGN KEY (tenant_id, location_id) REFERENCES app.locations (tenant_id, id),
    FOREIGN KEY (tenant_id, uploaded_by) REFERENCES app.memberships (tenant_id, user_id),
    CONSTRAINT belongs_to_exactly_one CHECK (num_nonnulls(patient_id, practitioner_id, location_id) = 1)
);

CREATE TABLE app.folders (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    parent_id uuid,
    name text NOT NULL CHECK (name !~ '[/\\]' AND length(name) BETWEEN 1 AND 80),
    depth smallint NOT NULL DEFAULT 0 CHECK (depth BETWEEN 0 AND 8),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, parent_id) REFERENCES app.folders (tenant_id, id),
    CHECK ((parent_id IS NULL) = (depth = 0))
);
CREATE UNIQUE INDEX folders_name ON app.folders
    (tenant_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), lower(name));
ALTER TABLE app.documents ADD FOREIGN KEY (tenant_id, folder_id) REFERENCES app.folders (tenant_id, id);

-- money ------------------------------------------------------------------------------------------------------------

CREATE TABLE app.claims (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    encounter_id uuid NOT NULL,
    policy_id uuid NOT NULL,
    status app.claim_status NOT NULL DEFAULT 'draft',
    billed_cents app.cents NOT NULL,
    allowed_cents app.cents,
    paid_cents app.cents,
    patient_cents app.cents,
    currency char(3) NOT NULL DEFAULT 'EUR' CHECK (currency IN ('EUR', 'USD', 'GBP')),
    submitted_at timestamptz,
    denied_code text CHECK (denied_code ~ '^(CO|PR|OA)-\d{1,3}$'),
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, encounter_id) REFERENCES app.encounters (tenant_id, id),
    FOREIGN KEY (tenant_id, policy_id) REFERENCES app.policies (tenant_id, id),
    CHECK (status = 'draft' OR submitted_at IS NOT NULL),
    CHECK (status <> 'denied' OR denied_code IS NOT NULL),
    CHECK (status <> 'paid' OR (paid_cents IS NOT NULL AND allowed_cents IS NOT NULL AND patient_cents IS NOT NULL)),
    CONSTRAINT within_billed CHECK (allowed_cents <= billed_cents),
    CONSTRAINT adds_up CHECK (paid_cents + patient_cents = allowed_cents)
);

CREATE TABLE app.claim_lines (
    tenant_id uuid NOT NULL,
    claim_id uuid NOT NULL,
    line smallint NOT NULL CHECK (line > 0),
    encounter_id uuid NOT NULL,
    diagnosis_code varchar(8) NOT NULL,
    procedure_code char(5) NOT NULL CHECK (procedure_code ~ '^[0-9]{4}[0-9A-Z]$'),
    units smallint NOT NULL DEFAULT 1 CHECK (units BETWEEN 1 AND 99),
    unit_cents app.cents NOT NULL,
    amount_cents bigint NOT NULL GENERATED ALWAYS AS (units * unit_cents) STORED,
    PRIMARY KEY (tenant_id, claim_id, line),
    FOREIGN KEY (tenant_id, claim_id) REFERENCES app.claims (tenant_id, id) ON DELETE CASCADE,
    FOREIGN KEY (tenant_id, encounter_id, diagnosis_code) REFERENCES app.diagnoses (tenant_id, encounter_id, code)
);

CREATE TABLE app.bank_accounts (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    holder app.short_text NOT NULL,
    iban app.iban NOT NULL CHECK (app.iban_ok(iban)),
    bic text CHECK (bic ~ '^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$'),
    is_default boolean NOT NULL DEFAULT false,
    verified_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, iban)
);
CREATE UNIQUE INDEX one_default_account ON app.bank_accounts (tenant_id) WHERE is_default;

-- messages, hooks, trail -------------------------------------------------------------------------------------------

CREATE TABLE app.threads (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    patient_id uuid,
    subject app.short_text NOT NULL,
    last_message_id uuid,
    closed_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, patient_id) REFERENCES app.patients (tenant_id, id)
);

CREATE TABLE app.messages (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL DEFAULT app.new_id(),
    thread_id uuid NOT NULL,
    from_patient uuid,
    from_user uuid,
    body text NOT NULL CHECK (body <> '' AND octet_length(body) < 20000),
    attachments uuid[] NOT NULL DEFAULT '{}',
    sent_at timestamptz NOT NULL DEFAULT now(),
    read_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    UNIQUE (tenant_id, thread_id, id),
    FOREIGN KEY (tenant_id, thread_id) REFERENCES app.threads (tenant_id, id),
    FOREIGN KEY (tenant_id, from_patient) REFERENCES app.patients (tenant_id, id),
    FOREIGN KEY (tenant_id, from_user) REFERENCES app.memberships (tenant_id, user_id),
    CONSTRAINT from_someone CHECK (from_patient IS NULL AND from_user IS NOT NULL OR from_patient IS NOT NULL AND from_user IS NULL),
    CHECK (read_at > sent_at)
);
ALTER TABLE app.threads ADD CONSTRAINT last_message_of_this_thread
    FOREIGN KEY (tenant_id, id, last_message_id) REFERENCES app.messages (tenant_id, thread_id, id)
    DEFERRABLE INITIALLY DEFERRED;

CREATE TABLE app.webhooks (
    tenant_id uuid NOT NULL REFERENCES app.tenants (id),
    id uuid NOT NULL DEFAULT app.new_id(),
    url text NOT NULL CHECK (url ~ '^https://[a-z0-9.-]+(/.*)?$' AND length(url) <= 500),
    events text[] NOT NULL CHECK (events && ARRAY['appointment.created', 'appointment.cancelled', 'patient.updated', 'claim.paid']),
    secret text NOT NULL CHECK (length(secret) >= 32),
    state text NOT NULL DEFAULT 'enabled',
    failures smallint NOT NULL DEFAULT 0,
    disabled_at timestamptz,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT state_known CHECK (state = ANY ('{enabled,disabled,failing}'::text[])),
    CONSTRAINT disabled_has_moment CHECK (state = 'disabled' AND disabled_at IS NOT NULL OR state <> 'disabled' AND disabled_at IS NULL),
    CONSTRAINT failing_counts CHECK (state <> 'failing' OR failures > 0)
);

CREATE TABLE app.feature_flags (
    tenant_id uuid REFERENCES app.tenants (id),
    flag text NOT NULL CHECK (flag ~ '^[a-z][a-z0-9_]{2,40}$'),
    rollout smallint NOT NULL DEFAULT 0 CHECK (rollout BETWEEN 0 AND 100),
    UNIQUE NULLS NOT DISTINCT (tenant_id, flag)
);

CREATE TABLE audit.entries (
    tenant_id uuid NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL DEFAULT now(),
    actor_id uuid,
    action text NOT NULL CHECK (action IN ('INSERT', 'UPDATE', 'DELETE', 'LOGIN', 'EXPORT')),
    relation text,
    row_id uuid,
    before jsonb,
    after jsonb,
    client inet,
    mac macaddr,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT images_fit_action CHECK (
        (action <> 'INSERT' OR (before IS NULL AND after IS NOT NULL))
        AND (action <> 'DELETE' OR (before IS NOT NULL AND after IS NULL))
        AND (action <> 'UPDATE' OR (before IS NOT NULL AND after IS NOT NULL AND before <> after)))
) PARTITION BY HASH (tenant_id);
CREATE TABLE audit.entries_0 PARTITION OF audit.entries FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE audit.entries_1 PARTITION OF audit.entries FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE audit.entries_2 PARTITION OF audit.entries FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE audit.entries_3 PARTITION OF audit.entries FOR VALUES WITH (MODULUS 4, REMAINDER 3);

-- every table with a tenant belongs to it, for its owner too --------------------------------------------------------

DO $$
DECLARE
    at regclass;
BEGIN
    FOR at IN SELECT a.attrelid FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
              WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                AND c.relnamespace IN ('app'::regnamespace, 'audit'::regnamespace) LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', at);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', at);
        EXECUTE format('CREATE POLICY of_tenant ON %s TO clinic_app USING (tenant_id = app.current_tenant())', at);
    END LOOP;
END $$;
ALTER TABLE app.tenants ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON app.tenants TO clinic_app USING (id = app.current_tenant());
CREATE POLICY support ON app.tenants FOR SELECT TO clinic_support USING (deleted_at IS NULL);

GRANT USAGE ON SCHEMA app, ref TO clinic_app, clinic_support;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA app TO clinic_app;
GRANT SELECT ON ALL TABLES IN SCHEMA ref TO clinic_app, clinic_support;

CREATE VIEW app.live_patients WITH (security_invoker = true) AS
    SELECT tenant_id, id, mrn, family_name || ', ' || given_name AS name, birth_date FROM app.patients WHERE deleted_at IS NULL;

CREATE VIEW app.todays_appointments WITH (security_barrier) AS
    SELECT a.tenant_id, a.id, p.name, a.slot, a.status
    FROM app.appointments AS a JOIN app.live_patients AS p ON (p.tenant_id, p.id) = (a.tenant_id, a.patient_id)
    WHERE a.slot && tstzrange(CURRENT_DATE::timestamptz, (CURRENT_DATE + 1)::timestamptz);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.entries FOR EACH ROW EXECUTE FUNCTION audit.refuse_change();

CREATE FUNCTION app.stamp_tenant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.tenant_id := app.current_tenant();
    RETURN NEW;
END $$;
CREATE TRIGGER stamp BEFORE INSERT ON app.patients FOR EACH ROW EXECUTE FUNCTION app.stamp_tenant();
CREATE TRIGGER stamp BEFORE INSERT ON app.appointments FOR EACH ROW EXECUTE FUNCTION app.stamp_tenant();
