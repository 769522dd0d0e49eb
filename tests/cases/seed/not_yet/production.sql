-- What stays empty without a factory of the team's own, as docs/seeding.md says. Whoever closes one takes it out of both.
CREATE FUNCTION is_work(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT left(encode(sha256(convert_to($1, 'UTF8')), 'hex'), 8) = '00000000'
$$;
CREATE FUNCTION signed(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE hash text := encode(sha256(convert_to(left($1, -8), 'UTF8')), 'hex');
BEGIN RETURN right($1, 8) = left(hash, 8); END
$$;
CREATE TABLE check_sums (code text NOT NULL CHECK (signed(code)));
CREATE TABLE proofs_of_work (nonce text NOT NULL CHECK (is_work(nonce)));
