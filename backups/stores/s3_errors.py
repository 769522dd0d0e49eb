"""What an S3 service answers when it will not, in sentences."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from botocore import exceptions as boto
from botocore.exceptions import BotoCoreError, ClientError

from backups.stores.store import Denied, Transient, missing
from catalog.errors import Failure, GreenroomError

_ABSENT = {"NoSuchKey", "404"}
DENIED = {"AccessDenied", "403", "AllAccessDisabled"}
IN_USE = {"PreconditionFailed", "412", "409"}
CONFLICT = "ConditionalRequestConflict"  # another request for that name is under way: whether it is in use is not known
_SPOILED = {"BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch"}  # on the way: it is sent again
_BUSY = _SPOILED | {
    "SlowDown", "RequestTimeout", "Throttling", "TooManyRequests", "RequestLimitExceeded", "OperationAborted", CONFLICT,
}  # fmt: skip
_BROKEN = (boto.ConnectionError, boto.HTTPClientError, boto.ResponseStreamingError, boto.IncompleteReadError)
_NOT_OURS = ("certificate", "wrong version number", "unknown protocol")  # and not a session that was cut
_FULL = {"XMinioStorageFull", "InsufficientCapacity", "QuotaExceeded", "507"}
_TOO_MANY = 429
_FAULTS = 500
_VARIABLES = "Check AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION (docs/settings.md)."


@contextmanager
def explained(place: str, act: str, kind: type[GreenroomError] = Failure) -> Iterator[None]:
    """Turn what goes wrong with the service into `kind`, saying what could not be done where, and what to check.

    What may go well a moment later becomes Transient whatever the kind; a missing right becomes Denied, not a Failure.
    """
    try:
        yield
    except ClientError as error:
        detail = error.response.get("Error", {}).get("Message", "")
        why = f"{code(error)}: {detail}".rstrip(".: ")
        raise _kind(error, kind)(f"cannot {act} {place}", why=why, todo=_advice(error)) from None
    except (BotoCoreError, OSError) as error:
        sort = Transient if _passes(error) else kind
        raise sort(f"cannot {act} {place}", why=str(error).rstrip("."), todo=_VARIABLES) from None


@contextmanager
def asking(place: str, name: str, act: str) -> Iterator[None]:
    """The same about one object, which may be missing."""
    with explained(place, f"{act} {name} in"):
        try:
            yield
        except ClientError as error:
            if code(error) in _ABSENT:
                raise missing(name, place) from None
            raise


def code(error: ClientError) -> str:
    """The service's word for the error: `NoSuchKey`, `PreconditionFailed`, or an HTTP status."""
    return str(error.response.get("Error", {}).get("Code", ""))


def denied(error: ClientError) -> bool:
    """Whether the service knows the key and does not let it do that."""
    return code(error) in DENIED


def _kind(error: ClientError, kind: type[GreenroomError]) -> type[GreenroomError]:
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if code(error) in _BUSY or status == _TOO_MANY or (status >= _FAULTS and code(error) not in _FULL):
        return Transient
    return Denied if denied(error) and kind is Failure else kind


def _passes(error: Exception) -> bool:
    """Whether a connection broke, which the next need not; a certificate that is not trusted stays so.

    TLS tells both in one type of error, and they differ by OpenSSL's words alone.
    """
    if any(word in str(error).lower() for word in _NOT_OURS):
        return False
    return isinstance(error, (*_BROKEN, ConnectionError, TimeoutError, ssl.SSLError))


def _advice(error: ClientError) -> str:
    if code(error) in {"NoSuchBucket", "404"}:
        return "Create the bucket, or correct its name in GREENROOM_STORE."
    if code(error) == "RequestTimeTooSkewed":
        return "This machine's clock and the service's differ by too much: set the clock, then run again."
    if code(error) in _SPOILED:
        return "Bytes came there as others than were sent, again and again: look at this machine's memory and network."
    if code(error) in _FULL:
        return "The store is full, or its quota is: make room there, then run again."
    if code(error) in DENIED | {"InvalidAccessKeyId", "SignatureDoesNotMatch"}:
        return f"The service does not let this key do that. {_VARIABLES}"
    return _VARIABLES
