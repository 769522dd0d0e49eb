"""What a store really enforces, found out by trying: small objects of our own, cleared away where the key may."""

import contextlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from backups.stores.location import Lock
from backups.stores.s3 import S3Store
from backups.stores.s3_errors import CONFLICT, DENIED, IN_USE, code, denied, explained
from catalog.errors import GreenroomError
from catalog.findings import Finding, noted, passed, refused

_FIXED = "greenroom-probe"  # of a key that may not delete, one object stays, however often it is asked
_WRONG_CRC = "AAAAAA=="
_SHORT = timedelta(seconds=60)
_SKEW = timedelta(minutes=10)


def probe(store: S3Store, now: datetime) -> tuple[Finding, ...]:
    """A finding for each question: clock, conditional writes, checksums, versions, lock, and what this key may do.

    Writes objects named greenroom-probe..., which are no backup's. Raises Refusal if the store is out of reach.
    """
    findings = [_clock(store, now)]
    for ask in (_conditional, _checksum, _versions, _lock, _rights) if _may_write(store) else (_versions, _rights):
        try:
            with explained(store.place, "probe"):
                findings += ask(store)
        except GreenroomError as error:
            findings.append(noted("store-probe", f"{error.what}: {error.why}", error.todo))
    return tuple(findings)


def _clock(store: S3Store, now: datetime) -> Finding:
    apart = abs(now - store.reach())
    what = f"this machine's clock and the store's are {apart.total_seconds():.0f} s apart"
    if apart > _SKEW:
        return noted("store-clock", what, "Set this machine's clock; until then nothing is let go.")
    return passed("store-clock", what)


def _may_write(store: S3Store) -> bool:
    """Whether this key may write; the object that the other questions need is there afterwards."""
    with explained(store.place, "probe"):
        return _answer(lambda: _put(store, _FIXED, IfNoneMatch="*")) not in DENIED


def _conditional(store: S3Store) -> Iterator[Finding]:
    """The second write of a name must be turned down; whether this probe or an earlier one was the first."""
    if _answer(lambda: _put(store, _FIXED, IfNoneMatch="*")) in IN_USE | {CONFLICT}:
        yield passed("store-conditional", "the store honours If-None-Match: no object is written over another")
    else:
        todo = "Take another service, or one prefix for each host: of two writes at once either could win."
        yield refused("store-conditional", "the store ignores If-None-Match and lets an object be overwritten", todo)


def _checksum(store: S3Store) -> Iterator[Finding]:
    with _fleeting(store) as name:
        if _answer(lambda: _put(store, name, ChecksumCRC32=_WRONG_CRC)):
            yield passed("store-checksums", "the store verifies checksums: it turned a wrong one down")
        else:
            todo = "Damage on the way to it is found only when a backup is read; check each: greenroom backups check."
            yield noted("store-checksums", "the store took an object whose checksum was wrong", todo)


def _versions(store: S3Store) -> Iterator[Finding]:
    try:
        on = store.client.get_bucket_versioning(Bucket=store.bucket.name).get("Status") == "Enabled"
    except ClientError as error:
        yield _unknown("store-versions", "whether the bucket keeps versions", error)
        return
    if on:
        todo = "Let a lifecycle rule delete old versions, or what is let go takes up room for ever."
        yield noted("store-versions", "the bucket keeps versions: what is deleted there can be brought back", todo)
    else:
        yield noted("store-versions", "the bucket keeps no versions: what is deleted there is gone")


def _lock(store: S3Store) -> Iterator[Finding]:
    try:
        answer = store.client.get_object_lock_configuration(Bucket=store.bucket.name)
        on = answer["ObjectLockConfiguration"].get("ObjectLockEnabled") == "Enabled"
    except ClientError as error:
        if denied(error):
            yield _unknown("store-lock", "whether the bucket has Object Lock", error)
            return
        on = False
    if on:
        yield _try_lock(store)
    elif store.bucket.lock:
        todo = "Make a bucket with Object Lock, or take lock out of the store's place."
        yield refused("store-lock", "the store's place asks for a lock, and the bucket has no Object Lock", todo)
    else:
        yield noted("store-lock", "the bucket has no Object Lock: a key that may delete can delete backups")


def _try_lock(store: S3Store) -> Finding:
    """Lock an object for a minute and try to delete that version; it goes away by lifecycle, or stays as one byte."""
    name = f"{_FIXED}-{secrets.token_hex(4)}"
    mode = (store.bucket.lock or Lock.GOVERNANCE).upper()
    until = datetime.now(UTC) + _SHORT
    version = _put(store, name, ObjectLockMode=mode, ObjectLockRetainUntilDate=until, ChecksumCRC32=_CRC)["VersionId"]
    try:
        held = bool(_answer(lambda: _delete(store, name, VersionId=version)))
    finally:
        with contextlib.suppress(ClientError, BotoCoreError):
            _delete(store, name)
    asked = "" if store.bucket.lock else "; ask for it in the store's place: lock=governance"
    if held:
        return passed("store-lock", f"the bucket has Object Lock ({mode.lower()}) and holds to it{asked}")
    return refused("store-lock", "a locked version could be deleted by this key", "Take that right from it.")


def _rights(store: S3Store) -> Iterator[Finding]:
    """Deleting comes last, and clears the probe away."""
    acts: dict[str, Callable[[], object]] = {
        "write": lambda: _put(store, _FIXED, IfNoneMatch="*"),
        "list": lambda: store.client.list_objects_v2(Bucket=store.bucket.name, Prefix=store.key(_FIXED), MaxKeys=1),
        "read": lambda: store.client.head_object(Bucket=store.bucket.name, Key=store.key(_FIXED)),
        "delete": lambda: _delete(store, _FIXED),
    }
    may_not = [word for word, act in acts.items() if _answer(act) in DENIED]
    may = [word for word in acts if word not in may_not]
    what = f"this key may {' and '.join(may) or 'do nothing'}"
    what += f", and may not {' or '.join(may_not)}" if may_not else ""
    if {"write", "delete"} <= set(may):
        todo = "A host that takes backups needs no right to delete: greenroom backups policy --for writer."
        yield noted("store-rights", what, todo)
    else:
        yield passed("store-rights", what + (f"; one object is left, {_FIXED}" if "write" in may else ""))


@contextmanager
def _fleeting(store: S3Store) -> Iterator[str]:
    """The name of an object that is deleted afterwards, if it is there and the key may."""
    name = f"{_FIXED}-{secrets.token_hex(4)}"
    try:
        yield name
    finally:
        with contextlib.suppress(ClientError, BotoCoreError):
            _delete(store, name)


def _answer(act: Callable[[], object]) -> str:
    """The service's word for why not, empty if it did it; raises if it did not answer, or has a fault."""
    try:
        act()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] >= _FAULTS:
            raise
        return code(error)
    return ""


def _put(store: S3Store, name: str, **asked: Any) -> Any:
    return store.client.put_object(Bucket=store.bucket.name, Key=store.key(name), Body=_BODY, **asked)


def _delete(store: S3Store, name: str, **asked: Any) -> Any:
    return store.client.delete_object(Bucket=store.bucket.name, Key=store.key(name), **asked)


def _unknown(check: str, what: str, error: ClientError) -> Finding:
    return noted(check, f"{what} is not known, as this key may not ask ({code(error)})")


_BODY = b"?"
_CRC = "ZGTCsA=="  # of that byte
_FAULTS = 500
