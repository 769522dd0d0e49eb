"""Archives are encrypted to every recipient, and any change to them is noticed."""

import io
import random
import tracemalloc
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from backups.archive import seal, unseal
from backups.cipher import (
    Damaged,
    Identity,
    Recipient,
    decrypt,
    encrypt,
    parse_recipients,
    payload_length,
    read_identity_file,
)
from catalog.errors import Failure, Refusal

ALICE, BOB, MALLORY = (Identity.new() for _ in range(3))


def sealed(clear: bytes, *identities: Identity) -> bytes:
    sink = io.BytesIO()
    seal(io.BytesIO(clear), sink, [identity.recipient for identity in identities or (ALICE,)])
    return sink.getvalue()


def opened(cipher: bytes, *identities: Identity) -> bytes:
    sink = io.BytesIO()
    unseal(io.BytesIO(cipher), sink, identities or (ALICE,))
    return sink.getvalue()


@settings(max_examples=25)
@given(st.binary(max_size=300_000))
def test_what_is_sealed_can_be_opened(clear: bytes) -> None:
    """Every recipient alone gets the same bytes back, and the measures of both ways agree."""
    sink, back = io.BytesIO(), io.BytesIO()
    there = seal(io.BytesIO(clear), sink, [ALICE.recipient, BOB.recipient])
    again = unseal(io.BytesIO(sink.getvalue()), back, [BOB])
    assert back.getvalue() == clear == opened(sink.getvalue(), ALICE)
    assert again == there
    assert there.cipher_bytes == len(sink.getvalue())


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 200_000])
def test_the_length_of_the_ciphertext_is_known(size: int) -> None:
    """Header apart, age's format fixes it, so that a lost write is noticed at any size."""
    sink = io.BytesIO()
    cipher = encrypt(io.BytesIO(b"x" * size), sink, [ALICE.recipient])
    header = sink.getvalue().index(b"\n--- ") + 1 + 48
    assert cipher.size == header + 16 + payload_length(size)


def test_any_flipped_bit_is_noticed() -> None:
    """Wherever a bit is flipped, opening fails as damage; never with the wrong bytes, never silently."""
    generator = random.Random(20261122)
    whole = sealed(generator.randbytes(150_000))
    for _ in range(150):
        position = generator.randrange(len(whole))
        bad = bytearray(whole)
        bad[position] ^= 1 << generator.randrange(8)
        with pytest.raises(Damaged):
            opened(bytes(bad))


def test_any_truncation_is_noticed() -> None:
    """Also one that ends exactly between two chunks."""
    whole = sealed(random.Random(7).randbytes(200_000))
    header = whole.index(b"\n--- ") + 1 + 48 + 16
    chunks = [header + n * (65536 + 16) for n in range(4)]
    for length in [0, 10, *chunks, len(whole) - 1]:
        with pytest.raises(Damaged):
            opened(whole[:length])


def test_added_bytes_are_noticed() -> None:
    """Nothing may follow the last chunk."""
    with pytest.raises(Damaged):
        opened(sealed(b"clear") + b"x")


def test_another_identity_opens_nothing() -> None:
    """Whoever is not a recipient gets no byte."""
    sink = io.BytesIO()
    with pytest.raises(Damaged):
        unseal(io.BytesIO(sealed(b"clear")), sink, [MALLORY])
    assert sink.getvalue() == b""


class Broken:
    """A source or sink that breaks after some bytes, as a killed program or a full disk does."""

    def __init__(self, error: Exception, after: int) -> None:
        self.error = error
        self.left = after

    def read(self, size: int, /) -> bytes:
        if not self.left:
            raise self.error
        size = min(size, self.left)
        self.left -= size
        return random.randbytes(size)

    def write(self, data: bytes, /) -> int:
        if self.left < len(data):
            raise self.error
        self.left -= len(data)
        return len(data)


@pytest.mark.parametrize("after", [0, 100_000, 300_000])
def test_an_error_of_the_source_comes_through_as_itself(after: int) -> None:
    """The cipher does not hide why a dump broke, and does not end it as if it were whole."""
    error = Failure("pg_dump ended with signal 9")
    with pytest.raises(Failure) as caught:
        seal(Broken(error, after), io.BytesIO(), [ALICE.recipient])
    assert caught.value is error


@pytest.mark.parametrize("room", [0, 200, 70_000, 300_200])
def test_a_failed_write_comes_through_as_itself(room: int) -> None:
    """Also the very last one."""
    error = OSError(28, "No space left on device")
    with pytest.raises(OSError, match="No space") as caught:
        encrypt(io.BytesIO(b"x" * 300_000), Broken(error, room), [ALICE.recipient])
    assert caught.value is error


def test_a_failed_write_while_opening_comes_through_as_itself() -> None:
    """A broken pipe to pg_restore is not taken for damage."""
    error = BrokenPipeError(32, "Broken pipe")
    with pytest.raises(BrokenPipeError) as caught:
        unseal(io.BytesIO(sealed(random.randbytes(500_000))), Broken(error, 1000), [ALICE])
    assert caught.value is error


class Lossy(io.BytesIO):
    """A sink that says it has written what it has dropped."""

    def write(self, data: object, /) -> int:
        return len(bytes(data))  # type: ignore[call-overload]  # any buffer


def test_memory_stays_constant() -> None:
    """Sixty megabytes pass through in a few."""
    source = Broken(EOFError(), 60_000_000)
    tracemalloc.start()
    with pytest.raises(EOFError):
        seal(source, Lossy(), [ALICE.recipient])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000


def test_the_compressed_frame_has_its_checksum() -> None:
    """RFC 8878, 3.1.1.1: the flag in the frame's header. pg_dump's own compression sets none."""
    sink, frame = io.BytesIO(), io.BytesIO()
    seal(io.BytesIO(b"rows" * 1000), sink, [ALICE.recipient])
    decrypt(io.BytesIO(sink.getvalue()), frame, [ALICE])
    assert zstandard.get_frame_parameters(frame.getvalue()).has_checksum


def test_decrypting_needs_no_compression() -> None:
    """The cipher is plain age."""
    cipher, clear = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(b"clear"), cipher, [ALICE.recipient])
    decrypt(io.BytesIO(cipher.getvalue()), clear, [MALLORY, ALICE])
    assert clear.getvalue() == b"clear"


def test_recipients_are_read_as_people_write_them() -> None:
    """Commas, lines, comments and repetition are fine."""
    text = f"{ALICE.recipient}, {BOB.recipient}\n# offline key:\n{ALICE.recipient}  # again\n"
    assert parse_recipients(text) == (ALICE.recipient, BOB.recipient)


@pytest.mark.parametrize("text", ["", "  # nothing yet\n", ","])
def test_no_recipient_is_refused(text: str) -> None:
    """Without a recipient there is no backup."""
    with pytest.raises(Refusal, match="no recipient is set"):
        parse_recipients(text)


def test_a_mistyped_recipient_is_refused() -> None:
    """A wrong letter is found by the key's own checksum, and the sentence shows the key."""
    wrong = f"{ALICE.recipient.key[:-1]}{'q' if ALICE.recipient.key[-1] != 'q' else 'p'}"
    with pytest.raises(Refusal, match="is not an age recipient") as caught:
        Recipient.parse(wrong)
    assert wrong in str(caught.value)


def test_a_secret_given_as_a_recipient_is_refused_and_not_repeated() -> None:
    """The mistake that would leak the key into a log does not."""
    with pytest.raises(Refusal, match="a secret key") as caught:
        parse_recipients(ALICE.secret)
    assert ALICE.secret not in str(caught.value)


def test_an_identity_never_shows_its_secret() -> None:
    """Neither printed, nor in a repr, nor in what goes wrong with it."""
    assert ALICE.secret not in repr(ALICE) + str(ALICE) + f"{ALICE}"
    with pytest.raises(Refusal) as caught:
        Identity.parse(ALICE.secret[:-1])
    assert ALICE.secret[20:-1] not in str(caught.value)


def identity_file(folder: Path, text: str, mode: int = 0o600) -> Path:
    path = folder / "identity.txt"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_an_identity_file_is_read_as_age_keygen_writes_it(tmp_path: Path) -> None:
    """Comments and empty lines apart, one identity a line."""
    path = identity_file(tmp_path, f"# created: 2026\n# public key: x\n{ALICE.secret}\n\n{BOB.secret}\n")
    assert read_identity_file(path) == (ALICE, BOB)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_an_identity_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """As ssh does with its keys; the sentence says how to mend it."""
    path = identity_file(tmp_path, ALICE.secret, mode)
    with pytest.raises(Refusal, match=f"mode {mode:04o}") as caught:
        read_identity_file(path)
    assert f"chmod 600 {path}" in str(caught.value)


def test_an_unusable_identity_file_is_refused(tmp_path: Path) -> None:
    """Missing, empty, binary or wrong: a sentence each, and no secret in it."""
    with pytest.raises(Refusal, match="No such file"):
        read_identity_file(tmp_path / "absent")
    with pytest.raises(Refusal, match="holds no identity"):
        read_identity_file(identity_file(tmp_path, "# empty\n"))
    with pytest.raises(Refusal, match="is not an age identity"):
        read_identity_file(identity_file(tmp_path, "age1notasecret\n"))
