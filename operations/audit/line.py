"""One line of the audit trail: what it tells, and the seal by which a change of it, or before it, is found.

A sealed line is one JSON object that ends with `, "hash": "..."}`: the SHA-256 of all its bytes before that. Among them
is `before`: the hash of the sealed line before it, so that the last hash stands for the whole trail. The first sealed
line's `before` is the SHA-256 of whatever bytes precede it in the file: none, or lines of a time before seals. After
half a line that a crash left, `before` is the SHA-256 of that hash and those bytes: so half a line can be told from one
that somebody put in.

A hash says what came before a line, and not who wrote it. Where there is a signing key, the bytes before the hash end
with `, "signature": "..."`: the key's signature, in base64, of what stands before that, after words of ours that no
other document begins with. So whoever has the file and not the key can add nothing that would pass for ours.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from backups.signing import SigningKey, VerifyKey

_SEALED = re.compile(rb'(\{.*), "hash": "([0-9a-f]{64})"\}', re.DOTALL)
_SIGNED = re.compile(rb'(\{.*), "signature": "([A-Za-z0-9+/]{86}==)"', re.DOTALL)
_AUDIT_LINE = b"greenroom/audit-line\n"
_OPENING = b'{"at": "'


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One moment of a run: `moment` is `begin` or how it ended; `note` says what was found or done, no secret in it.

    `about` is more to tell as (label, text): in a run's first line versions and settings in force, in its last one its
    facts. `number` counts sealed lines from 1, and `before` is the hash of the one before: the trail gives both.
    """

    at: datetime
    run: str
    job: str
    database: str
    step: str
    moment: str
    note: str = ""
    operator: str = ""
    host: str = ""
    deployment: str = ""
    about: tuple[tuple[str, str], ...] = ()
    number: int = 0
    before: str = ""

    def to_json(self) -> str:
        """The line as JSON, without a seal."""
        return json.dumps(asdict(self) | {"at": self.at.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str | bytes) -> "AuditLine":
        """The line a file holds, in UTF-8, sealed or not; ValueError, TypeError, KeyError or AttributeError if none."""
        told: dict[str, Any] = json.loads(text)
        for seal in ("hash", "signature"):
            told.pop(seal, None)
        about = tuple((str(label), str(value)) for label, value in told.get("about", ()))
        return cls(**told | {"at": datetime.fromisoformat(told["at"]), "about": about})


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed line as a file holds it: its bytes, what it tells, and the hash that it says it has."""

    text: bytes
    line: AuditLine
    hash: str

    @property
    def whole(self) -> bool:
        """Whether the bytes are those that were sealed."""
        found = _SEALED.fullmatch(self.text)
        return found is not None and digest(found[1]) == self.hash

    @property
    def signed(self) -> bool:
        """Whether it carries a signature, whoever's."""
        return self._signature is not None

    def signed_by(self, keys: Sequence[VerifyKey]) -> bool:
        """Whether the signature that it carries is one of these keys'."""
        found = self._signature
        return found is not None and any(key.accepts(b64decode(found[2]), _AUDIT_LINE + found[1]) for key in keys)

    @property
    def _signature(self) -> re.Match[bytes] | None:
        found = _SEALED.fullmatch(self.text)
        return _SIGNED.fullmatch(found[1]) if found else None


def seal(line: AuditLine, number: int, before: str, key: SigningKey | None = None) -> bytes:
    """The line's bytes with its place in the chain, sealed and, if there is a key, signed; no line break in them."""
    body = replace(line, number=number, before=before).to_json().encode()[:-1]
    if key:
        body += b', "signature": "' + b64encode(key.sign(_AUDIT_LINE + body)) + b'"'
    return body + f', "hash": "{digest(body)}"}}'.encode()


def read_line(text: bytes) -> AuditLine | None:
    """What a line of the file tells, None if it is half a line or none of ours."""
    try:
        return AuditLine.from_json(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def read_sealed(text: bytes) -> Sealed | None:
    """A sealed line, also if it was changed since; None for any other."""
    found, line = _SEALED.fullmatch(text), read_line(text)
    return Sealed(text, line, found[2].decode()) if found and line else None


def over_torn(before: str, torn: bytes) -> str:
    """What the line after half a line has as its `before`: the last whole line's hash and the half line's bytes."""
    return digest(before.encode() + torn)


def begins_a_line(text: bytes) -> bool:
    """Whether the text may be the beginning of a line of ours, cut short anywhere."""
    return text.startswith(_OPENING) or _OPENING.startswith(text) if text else False


def digest(data: bytes) -> str:
    """The SHA-256, in hexadecimal."""
    return sha256(data).hexdigest()
