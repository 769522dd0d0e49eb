"""Encrypting to age recipients and decrypting with identities, as streams (age-encryption.org/v1, X25519)."""

import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import pyrage  # type: ignore[import-untyped]  # it ships no type information
from pyrage import x25519

from backups.streams import Meter, Reader, Writer, carry
from catalog.errors import Failure, Refusal

_CHUNK = 65536  # bytes of clear text under one tag of 16 bytes
_TAG = 16
_NONCE = 16
_HEADER_END = re.compile(rb"\n--- [A-Za-z0-9+/]{43}\n")
_LONGEST_HEADER = 65536
_KEYS = 'docs/runbook.md, "Keys"'


class Damaged(Failure):
    """The bytes of a backup are not those that were stored."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A public key to encrypt to: `age1...`."""

    key: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The recipient; Refusal if the text is not one, without repeating it if it looks like a secret."""
        if text.upper().startswith("AGE-SECRET-KEY-"):
            raise Refusal(
                "an identity (a secret key) was given where a recipient (a public key) belongs",
                todo=f"Give the recipient, which begins with age1, and think of this identity as leaked ({_KEYS}).",
            )
        try:
            x25519.Recipient.from_str(text)
        except pyrage.RecipientError:
            raise Refusal(
                f'"{text}" is not an age recipient',
                todo=f"A recipient begins with age1 and has 62 characters ({_KEYS}).",
            ) from None
        return cls(text)

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Identity:
    """A private key to decrypt with; its secret is never printed."""

    secret: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identity; Refusal, without repeating the text, if it is not one."""
        try:
            x25519.Identity.from_str(text)
        except pyrage.IdentityError:
            raise Refusal(
                "the identity is not an age identity",
                todo=f"An identity is one line that begins with AGE-SECRET-KEY-1 ({_KEYS}).",
            ) from None
        return cls(text)

    @classmethod
    def new(cls) -> Self:
        """A new identity, from the system's source of randomness."""
        return cls(str(x25519.Identity.generate()))

    @property
    def recipient(self) -> Recipient:
        """The public key that belongs to it."""
        return Recipient(str(x25519.Identity.from_str(self.secret).to_public()))


def parse_recipients(text: str) -> tuple[Recipient, ...]:
    """The recipients in a setting or file: separated by commas or white space, `#` begins a comment.

    Raises Refusal if there is none, or one is not a recipient.
    """
    words = re.sub(r"#.*", "", text).replace(",", " ").split()
    if not words:
        raise Refusal(
            "no recipient is set to encrypt backups to",
            todo=f"Set GREENROOM_RECIPIENTS to one or more public keys ({_KEYS}).",
        )
    return tuple(dict.fromkeys(Recipient.parse(word) for word in words))


def parse_identities(text: str, origin: str) -> tuple[Identity, ...]:
    """The identities in a text as `age-keygen` writes it, one a line; `origin` says in errors where it is from.

    Raises Refusal, without repeating the text, if it holds none or something else.
    """
    lines = (line.strip() for line in text.splitlines())
    identities = tuple(Identity.parse(line) for line in lines if line and not line.startswith("#"))
    if not identities:
        raise Refusal(f"{origin} holds no identity", todo=_IDENTITY_FILE)
    return identities


def read_identity_file(path: Path) -> tuple[Identity, ...]:
    """The identities in a file as `age-keygen` writes it, one a line.

    Raises Refusal if the file cannot be read, can be read by others, or holds no identity.
    """
    return parse_identities(read_private(path, "the identity file", _IDENTITY_FILE), f"the identity file {path}")


_IDENTITY_FILE = f"Point GREENROOM_IDENTITY_FILE at the file that age-keygen wrote ({_KEYS})."


def read_private(path: Path, what: str, todo: str) -> str:
    """The text of a file that holds a secret; Refusal if it cannot be read, or can be by others than its owner."""
    try:
        mode = path.stat().st_mode
        _refuse_open_file(path, what, mode)
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise Refusal(f"{what} {path} cannot be read", why=reason or "", todo=todo) from None


def _refuse_open_file(path: Path, what: str, mode: int) -> None:
    if stat.S_ISREG(mode) and mode & 0o077:
        raise Refusal(
            f"{what} {path} can be read by others than its owner (mode {stat.S_IMODE(mode):04o})",
            todo=f"chmod 600 {path}; and if others had a chance to read it, make a new key ({_KEYS}).",
        )


def encrypt(source: Reader, sink: Writer, recipients: Sequence[Recipient]) -> Meter:
    """Encrypt all of `source` into `sink` in constant memory, and give the meter of what was written.

    An error of the source or the sink is raised as itself; Failure if the ciphertext is not as long as it must be.
    """
    clear, cipher = Meter(source=source, hashing=False), Meter(sink=sink, keep_first=_LONGEST_HEADER)
    keys = [x25519.Recipient.from_str(recipient.key) for recipient in recipients]
    carry(clear, cipher, lambda: pyrage.encrypt_io(clear, cipher, keys))
    expected = _header_length(cipher.first) + _NONCE + payload_length(clear.size)
    if cipher.size != expected:
        raise Failure("encryption lost bytes on the way", why=f"{cipher.size} bytes were written instead of {expected}")
    return cipher


def decrypt(source: Reader, sink: Writer, identities: Sequence[Identity]) -> None:
    """Decrypt all of `source` into `sink` in constant memory.

    Clear text is written before the end is known to be good: whoever owns the sink must not act on it until this
    has returned. An error of the source or the sink is raised as itself; Damaged if the ciphertext is damaged, or is
    not for any of the identities.
    """
    cipher, clear = Meter(source=_Headed(source), hashing=False), Meter(sink=sink, hashing=False)
    keys = [x25519.Identity.from_str(identity.secret) for identity in identities]
    try:
        carry(cipher, clear, lambda: pyrage.decrypt_io(cipher, clear, keys))
    except (pyrage.DecryptError, OSError) as error:
        if error in (cipher.error, clear.error):
            raise
        raise Damaged("the archive cannot be decrypted", why=str(error)) from None


class _Headed:
    """A source that is not read for ever in search of the header's end: a header without one would fill the memory."""

    def __init__(self, source: Reader) -> None:
        self._source = source
        self._kept: bytes | None = None

    def read(self, size: int, /) -> bytes:
        """The source's next bytes."""
        if self._kept is None:
            self._kept = self._header()
        if not self._kept:
            return self._source.read(size)
        data, self._kept = self._kept[:size], self._kept[size:]
        return data

    def _header(self) -> bytes:
        first = b""
        while len(first) < _LONGEST_HEADER and (more := self._source.read(_LONGEST_HEADER - len(first))):
            first += more
        if len(first) == _LONGEST_HEADER and not _HEADER_END.search(first):
            raise Damaged("the archive cannot be decrypted", why="its header does not end")
        return first


def payload_length(clear: int) -> int:
    """How many bytes age writes after header and nonce for `clear` bytes: a tag for each chunk, at least one."""
    return clear + _TAG * max(1, -(-clear // _CHUNK))


def _header_length(beginning: bytes) -> int:
    end = _HEADER_END.search(beginning)
    return end.end() if end else 0
