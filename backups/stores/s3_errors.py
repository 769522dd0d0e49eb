"""What an S3 service answers when it will not, in sentences."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from backups.stores.store import missing
from catalog.errors import Failure, GreenroomError

_ABSENT = {"NoSuchKey", "404"}
_VARIABLES = "Check AWS_ENDPOINT_URL_S3, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION (docs/settings.md)."


@contextmanager
def explained(place: str, act: str, kind: type[GreenroomError] = Failure) -> Iterator[None]:
    """Turn what goes wrong with the service into `kind`, saying what could not be done where, and what to check."""
    try:
        yield
    except ClientError as error:
        detail = error.response.get("Error", {}).get("Message", "")
        why = f"{code(error)}: {detail}".rstrip(".: ")
        raise kind(f"cannot {act} {place}", why=why, todo=_advice(error)) from None
    except (BotoCoreError, OSError) as error:
        raise kind(f"cannot {act} {place}", why=str(error).rstrip("."), todo=_VARIABLES) from None


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


def _advice(error: ClientError) -> str:
    if code(error) in {"NoSuchBucket", "404"}:
        return "Create the bucket, or correct its name in GREENROOM_STORE."
    if code(error) in {"AccessDenied", "403", "InvalidAccessKeyId", "SignatureDoesNotMatch"}:
        return f"The service does not let this key do that. {_VARIABLES}"
    return _VARIABLES
