-- Columns whose CHECKs ask for numbers, hosts and keys that could easily be somebody's; all that is made must be nobody's.
CREATE DOMAIN e164 AS text CHECK (VALUE ~ '^\+[1-9]\d{1,14}$');
CREATE DOMAIN hostname AS text CHECK (VALUE ~ '^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$');
CREATE TABLE contacts (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    phone text NOT NULL CHECK (phone ~ '^\+[1-9]\d{7,14}$'),
    mobile e164 UNIQUE,
    fax varchar(20) CHECK (fax ~ '^[0-9]{10}$'),
    tel char(11) CHECK (tel ~ '^1[0-9]{10}$'),
    office_phone text CHECK (office_phone ~ '^\(\d{3}\) \d{3}-\d{4}$'),
    msisdn bigint CHECK (msisdn > 9999999),
    reached_at e164,
    email text NOT NULL UNIQUE CHECK (email ~* '^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$'),
    login text CHECK (login LIKE '%@%.%'),
    homepage text CHECK (homepage ~ '^https?://[a-z0-9.-]+\.[a-z]{2,}(/.*)?$'),
    avatar text CHECK (avatar LIKE 'https://%'),
    ssn char(11) CHECK (ssn ~ '^\d{3}-\d{2}-\d{4}$')
);
CREATE TABLE payments (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    card_number text CHECK (card_number ~ '^[0-9]{13,19}$'),
    masked text CHECK (masked ~ '^\d{4} \d{4} \d{4} \d{4}$'),
    visa text CHECK (visa ~ '^4\d{15}$'),
    licence char(19) UNIQUE CHECK (licence ~ '^\d{4}-\d{4}-\d{4}-\d{4}$'),
    serial_no varchar(16) UNIQUE CHECK (serial_no ~ '^\d{16}$'),
    iban text CHECK (iban ~ '^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$'),
    account text CHECK (account ~ '^DE\d{20}$')
);
CREATE TABLE machines (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    host hostname UNIQUE,
    fqdn text CHECK (fqdn ~ '^[a-z0-9-]+(\.[a-z0-9-]+)+$'),
    ip text CHECK (ip ~ '^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$'),
    address inet CHECK (family(address) = 4),
    outside inet CHECK (NOT outside <<= '10.0.0.0/8'),
    mac text CHECK (mac ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$'),
    card macaddr UNIQUE,
    version text CHECK (version ~ '^\d+\.\d+\.\d+\.\d+$'),
    api_key text CHECK (api_key ~ '^sk_live_[A-Za-z0-9]{24}$'),
    secret_key text CHECK (secret_key LIKE 'sk_%'),
    token text CHECK (token ~ '^gh[pousr]_[A-Za-z0-9]{36}$'),
    access_key_id char(20) CHECK (access_key_id ~ '^AKIA[0-9A-Z]{16}$')
);
CREATE TABLE assets (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin text CHECK (origin ~ '^\d{1,3}(\.\d{1,3}){3}$'),
    nic text UNIQUE CHECK (nic ~ '^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$'),
    reference varchar(34) UNIQUE CHECK (reference ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{14,18}$'),
    ring text CHECK (ring ~ '^\+?[0-9 ()-]{7,20}$'),
    call_back text CHECK (call_back ~ '^(\+\d{1,3} )?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}$'),
    links text[] CHECK (links[1] ~ '^https://.+'),
    settings jsonb CHECK (settings ? 'webhook' AND settings ->> 'webhook' ~ '^https://[a-z.]+/'),
    jwt text CHECK (jwt ~ '^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$')
);
