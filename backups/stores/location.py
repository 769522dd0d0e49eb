"""A bucket as a setting names it: where it is, how it is addressed, and what is asked for each object."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

SHAPE = "s3://bucket/prefix or a folder"
_LONGEST_LOCK = 3650

Word = TypeVar("Word", bound=StrEnum)


class Addressing(StrEnum):
    """Where the bucket's name stands in an address: in its path, in its host name, or wherever the service has it."""

    AUTO = "auto"
    PATH = "path"
    VIRTUAL = "virtual"


class Encryption(StrEnum):
    """What the service itself encrypts with, besides our own encryption; none asks for nothing."""

    NONE = ""
    AES256 = "AES256"
    KMS = "aws:kms"


class Lock(StrEnum):
    """How an object is locked: not at all, so that a special right can delete it, or so that nobody can."""

    NONE = ""
    GOVERNANCE = "governance"
    COMPLIANCE = "compliance"


@dataclass(frozen=True, slots=True)
class Bucket:
    """`s3://name/prefix?...`; an empty endpoint, region or profile is boto3's own, `lock_days` 0 the retention's."""

    name: str
    prefix: str = ""
    addressing: Addressing = Addressing.AUTO
    endpoint: str = ""
    region: str = ""
    profile: str = ""
    encryption: Encryption = Encryption.NONE
    kms_key: str = ""
    lock: Lock = Lock.NONE
    lock_days: int = 0

    @property
    def place(self) -> str:
        """For people: `s3://bucket/prefix`, and which service's it is if that was said; as a setting would have it."""
        said = (("endpoint", self.endpoint), ("region", self.region), ("profile", self.profile))
        service = urlencode([(name, value) for name, value in said if value], safe=":/")
        return f"s3://{self.name}/{self.prefix}".rstrip("/") + (f"?{service}" if service else "")


def parse_bucket(text: str) -> Bucket:
    """The bucket that `s3://bucket/prefix?option=value&...` names; ValueError, worded to follow a setting's name."""
    rest, _, query = text.strip().removeprefix("s3://").partition("?")
    name, _, prefix = rest.partition("/")
    if "@" in name:
        raise ValueError("holds credentials; give s3://bucket/prefix, and the keys in AWS_ACCESS_KEY_ID and its like")
    if not text.strip().startswith("s3://") or not name:
        raise ValueError(f"must be {SHAPE}")
    return _with_options(Bucket(name, prefix.strip("/")), _options(query))


def _options(query: str) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        raise ValueError("must have its options as ?name=value&name=value") from None
    names = [name for name, _ in pairs]
    if odd := next((name for name in names if name not in _KNOWN), ""):
        raise ValueError(f'has the option "{odd}", which is none of {", ".join(_KNOWN)}')
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValueError(f'gives the option "{twice}" twice')
    return dict(pairs)


_KNOWN = ("addressing", "endpoint", "region", "profile", "encryption", "kms_key", "lock", "lock_days")


def _with_options(bucket: Bucket, given: Mapping[str, str]) -> Bucket:
    found = Bucket(
        bucket.name,
        bucket.prefix,
        addressing=_one_of(Addressing, "addressing", given),
        endpoint=_endpoint(given.get("endpoint", "")),
        region=given.get("region", ""),
        profile=given.get("profile", ""),
        encryption=_one_of(Encryption, "encryption", given),
        kms_key=given.get("kms_key", ""),
        lock=_one_of(Lock, "lock", given),
        lock_days=_days(given.get("lock_days", "0")),
    )
    if found.kms_key and found.encryption is not Encryption.KMS:
        raise ValueError("names a kms_key, which needs encryption=aws:kms")
    if found.lock_days and not found.lock:
        raise ValueError("names lock_days, which need lock=governance or lock=compliance")
    return found


def _one_of(kind: type[Word], name: str, given: Mapping[str, str]) -> Word:
    first = next(iter(kind))
    try:
        return kind(given.get(name, first))
    except ValueError:
        raise ValueError(f"must have {name} as one of {', '.join(word for word in kind if word)}") from None


def _endpoint(text: str) -> str:
    parts = urlsplit(text)
    if "@" in parts.netloc:
        raise ValueError("holds credentials in its endpoint; give the keys in AWS_ACCESS_KEY_ID and its like")
    if text and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError("must have its endpoint as https://host:port")
    return text


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) > _LONGEST_LOCK:
        raise ValueError(f"must have lock_days from 1 to {_LONGEST_LOCK}")
    return int(text)
