-- File vault: bit, varbit and bytea columns with length and content CHECKs.
CREATE TABLE vaults (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  permissions bit(9) NOT NULL DEFAULT B'111101101',
  owner_flags bit(4) NOT NULL CHECK (owner_flags <> B'0000'),
  salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  UNIQUE (salt)
);
CREATE TABLE blobs (
  sha256 bytea PRIMARY KEY CHECK (octet_length(sha256) = 32),
  vault_id uuid NOT NULL REFERENCES vaults (id),
  content bytea NOT NULL CHECK (length(content) BETWEEN 1 AND 4096),
  magic bytea NOT NULL CHECK (substring(magic FROM 1 FOR 2) = '\x1f8b' AND octet_length(magic) = 4),
  crc bit(32) NOT NULL
);
CREATE TABLE chunk_maps (
  sha256 bytea NOT NULL REFERENCES blobs (sha256),
  part smallint NOT NULL CHECK (part >= 0),
  present bit varying(64) NOT NULL CHECK (bit_length(present) > 0),
  any_bits bit varying NOT NULL CHECK (length(any_bits) BETWEEN 8 AND 24),
  first_bit bit NOT NULL DEFAULT B'1',
  PRIMARY KEY (sha256, part),
  CHECK (get_bit(present, 0) = 1)
);
CREATE TABLE signatures (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sha256 bytea NOT NULL REFERENCES blobs (sha256),
  mask bit(8) NOT NULL CHECK ((mask & B'00001111') = B'00000000'),
  signature bytea NOT NULL CHECK (octet_length(signature) IN (64, 96)),
  public_key bytea CHECK (octet_length(public_key) % 8 = 0 AND octet_length(public_key) > 0),
  UNIQUE (sha256, mask)
);
