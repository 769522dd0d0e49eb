-- What stays empty without a factory of the team's own, as docs/seeding.md says. Whoever closes one takes it out of both.
CREATE FUNCTION is_work(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT left(encode(sha256(convert_to($1, 'UTF8')), 'hex'), 8) = '00000000'
$$;
CREATE TABLE proofs_of_work (nonce text NOT NULL CHECK (is_work(nonce)));
