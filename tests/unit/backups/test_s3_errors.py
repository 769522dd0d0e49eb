"""What a service answers becomes a sentence, and is tried again only where that can help."""

import ssl

import pytest
from botocore import exceptions as boto
from botocore.exceptions import ClientError

from backups.stores import Denied, Missing, Transient
from backups.stores.s3_errors import asking, explained
from catalog.errors import Failure, Refusal


def answer(code: str, status: int) -> ClientError:
    return ClientError(
        {"Error": {"Code": code, "Message": "No."}, "ResponseMetadata": {"HTTPStatusCode": status}},  # type: ignore[typeddict-item]  # the rest is not looked at
        "PutObject",
    )


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (answer("SlowDown", 503), Transient, "SlowDown"),
        (answer("InternalError", 500), Transient, "InternalError"),
        (answer("RequestTimeout", 400), Transient, "RequestTimeout"),
        (answer("TooManyRequests", 429), Transient, "TooManyRequests"),
        (answer("BadDigest", 400), Transient, "look at this machine's memory and network"),
        (answer("XAmzContentSHA256Mismatch", 400), Transient, "again and again"),
        (answer("ConditionalRequestConflict", 409), Transient, "ConditionalRequestConflict"),
        (answer("XMinioStorageFull", 507), Failure, "make room"),
        (answer("AccessDenied", 403), Denied, "does not let this key"),
        (answer("RequestTimeTooSkewed", 403), Failure, "set the clock"),
        (answer("NoSuchBucket", 404), Failure, "Create the bucket"),
        (answer("NoSuchKey", 404), Missing, "is missing from"),
        (answer("InvalidArgument", 400), Failure, "InvalidArgument"),
        (boto.EndpointConnectionError(endpoint_url="http://x"), Transient, "http://x"),
        (boto.ReadTimeoutError(endpoint_url="http://x"), Transient, "http://x"),
        (
            boto.SSLError(endpoint_url="x", error=ssl.SSLError("EOF occurred")),
            Transient,
            "EOF",
        ),
        (boto.SSLError(endpoint_url="x", error=ssl.SSLError("certificate verify failed")), Failure, "certificate"),
        (boto.NoCredentialsError(), Failure, "credentials"),
        (ConnectionResetError("reset"), Transient, "reset"),
        (ssl.SSLError("record layer failure"), Transient, "record layer"),
        (FileNotFoundError("no such bundle"), Failure, "no such bundle"),
    ],
)
def test_each_error_has_its_kind_and_its_advice(error: Exception, kind: type[Failure], told: str) -> None:
    """What passes is Transient, a right that is missing Denied, and each says what it was or what to do."""
    with pytest.raises(Failure) as caught, asking("s3://b", "a", "write"):
        raise error
    assert type(caught.value) is kind
    assert told in str(caught.value)


def test_before_anything_is_done_it_is_a_refusal() -> None:
    """Unless it may pass, and is worth another try."""
    with pytest.raises(Refusal), explained("s3://b", "reach", Refusal):
        raise answer("AccessDenied", 403)
    with pytest.raises(Transient), explained("s3://b", "reach", Refusal):
        raise answer("SlowDown", 503)
