"""Signing what lies in the store (Ed25519, RFC 8032), so that who can write there cannot forge it."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from backups.cipher import read_private
from catalog.errors import Failure, Refusal

_KEYS = 'docs/runbook.md, "Keys"'
_PROOFS = "proofs:"


class Forged(Failure):
    """Something in the store does not carry the signature that it has to carry."""


@dataclass(frozen=True, slots=True)
class VerifyKey:
    """The public half of a signing key: the one line of text between the first and the last of its PEM file.

    One of `proofs_only` is a checker's: it vouches for what was found of a backup, and never for a backup.
    """

    key: str
    proofs_only: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key, after `proofs:` one for proofs alone; Refusal if the text is not one, without repeating it."""
        line = text.removeprefix(_PROOFS)
        try:
            found = serialization.load_der_public_key(base64.b64decode(line, validate=True))
        except (ValueError, UnsupportedAlgorithm):
            found = None
        if not isinstance(found, Ed25519PublicKey):
            raise Refusal(
                "a verify key is not an Ed25519 public key",
                todo=f"A verify key begins with MCowBQYDK2VwAyEA and has 60 characters ({_KEYS}).",
            )
        return cls(line, proofs_only=line != text)

    def accepts(self, signature: bytes, data: bytes) -> bool:
        """Whether the signature is this key's, of exactly these bytes."""
        public = serialization.load_der_public_key(base64.b64decode(self.key))
        assert isinstance(public, Ed25519PublicKey)  # `parse` has seen to it
        try:
            public.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        return f"{_PROOFS}{self.key}" if self.proofs_only else self.key


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half, in PEM (PKCS #8), which `openssl` reads too; it is never printed."""

    pem: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key; Refusal, without repeating the text, if it is not one."""
        try:
            found = serialization.load_pem_private_key(text.encode(), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            found = None
        if not isinstance(found, Ed25519PrivateKey):
            raise Refusal(
                "the signing key is not an Ed25519 private key",
                todo=f"It is a PEM file without a password; to make one: greenroom keys new ({_KEYS}).",
            )
        return cls(text)

    @classmethod
    def new(cls) -> Self:
        """A new key, from the system's source of randomness."""
        return cls(
            Ed25519PrivateKey.generate()
            .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            .decode()
        )

    @property
    def verify_key(self) -> VerifyKey:
        """The public key that belongs to it."""
        public = self._private().public_key()
        der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return VerifyKey(base64.b64encode(der).decode())

    def sign(self, data: bytes) -> bytes:
        """The signature of the bytes, 64 of them."""
        return self._private().sign(data)

    def _private(self) -> Ed25519PrivateKey:
        private = serialization.load_pem_private_key(self.pem.encode(), password=None)
        assert isinstance(private, Ed25519PrivateKey)  # `parse` has seen to it
        return private


def read_signing_key(path: Path) -> SigningKey:
    """The key in a file; Refusal if it cannot be read, can be read by others, or is none."""
    return SigningKey.parse(
        read_private(path, "the signing key", f"Is it there, of mode 600, and owned by who takes backups ({_KEYS})?")
    )


def vouches_for_proofs(keys: Sequence[VerifyKey], signing: SigningKey) -> bool:
    """Whether proofs that this key signs count where these verify keys are set."""
    return any(key.key == signing.verify_key.key for key in keys)


def require_signed(
    name: str, data: bytes, signature: bytes | None, keys: Sequence[VerifyKey], *, proof: bool = False
) -> None:
    """Accept the bytes of an object if one of the keys signed them, or if there is no key to verify with.

    A key for proofs alone counts for a `proof` alone. Raises Forged, saying which of the two it is, if the signature is
    missing or nobody's.
    """
    trusted = [key for key in keys if proof or not key.proofs_only]
    if not keys or (signature is not None and any(key.accepts(signature, data) for key in trusted)):
        return
    if signature is None:
        raise Forged(f"{name} is not signed", why="verify keys are set, and only what one of them signed is trusted")
    raise Forged(f"{name} cannot be trusted", why="its signature is not one of the verify keys', or it was changed")
