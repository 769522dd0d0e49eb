"""A store in a bucket of any S3-compatible service."""

import contextlib
import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Literal, cast

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from backups.stores.drafts import Draft, finishing
from backups.stores.location import Addressing, Bucket
from backups.stores.s3_demands import Demands
from backups.stores.s3_errors import asking, denied, explained
from backups.stores.s3_upload import ObjectDraft, Target, part_size
from backups.stores.store import Stored, checked_name
from backups.streams import Reader, Writer
from catalog.errors import Refusal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def connect(bucket: Bucket, lock_days: int = 0) -> "S3Store":
    """The store in a bucket; what of endpoint, region and keys it leaves open is in boto3's own variables and files.

    Unless it says how, a service other than Amazon's is addressed by path, since few have a host name for each bucket.
    """
    with explained(f"s3://{bucket.name}", "use", Refusal):
        # the default session would keep the first keys it saw
        session = boto3.Session(profile_name=bucket.profile or None, region_name=bucket.region or None)
        client = _client(session, bucket, bucket.addressing)
        if bucket.addressing is Addressing.AUTO and ".amazonaws.com" not in client.meta.endpoint_url:
            client = _client(session, bucket, Addressing.PATH)
        return S3Store(client, bucket, lock_days)


def _client(session: boto3.Session, bucket: Bucket, addressing: Addressing) -> "S3Client":
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": 1},  # RetryingStore tries again, and across requests
        request_checksum_calculation="when_required",  # every part carries ours; trailers differ between services
        response_checksum_validation="when_required",
        s3={"addressing_style": cast("Literal['auto', 'path', 'virtual']", str(addressing))},
    )
    return session.client("s3", endpoint_url=bucket.endpoint or None, config=config)


class S3Store:
    """Objects in a bucket, below a prefix."""

    def __init__(self, client: "S3Client", bucket: Bucket, lock_days: int = 0) -> None:
        self.client = client
        self.bucket = bucket
        self._prefix = f"{bucket.prefix}/" if bucket.prefix else ""
        self._lock_days = bucket.lock_days or lock_days

    @property
    def place(self) -> str:
        """For people."""
        return self.bucket.place

    @property
    def identity(self) -> str:
        """See Store.identity. Amazon gives a bucket's name once in a partition, whatever the region and account."""
        endpoint = self.client.meta.endpoint_url
        service = self.client.meta.partition if ".amazonaws.com" in endpoint else endpoint.rstrip("/").lower()
        return f"{service} {self.bucket.name}/{self._prefix}"

    def reach(self) -> datetime:
        """The service's own time; Refusal if the bucket is not there or the key is not known.

        A key that may not list is told so with a date as well; whether it may write is seen when it does.
        """
        with explained(self.place, "reach", Refusal):
            try:
                answer: Any = self.client.list_objects_v2(Bucket=self.bucket.name, Prefix=self._prefix, MaxKeys=1)
            except ClientError as error:
                if not denied(error):
                    raise
                answer = error.response
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date", "")
        return parsedate_to_datetime(date).astimezone(UTC) if date else datetime.now(UTC)

    def draft(self, name: str, *, expected: int = 0) -> Draft:
        """See Store.draft: one request for what fits in a part, a multipart upload for more."""
        target = Target(self.client, self.bucket.name, self.key(name), name, self.place)
        return ObjectDraft(target, part_size(expected), Demands.of(self.bucket, self._lock_days))

    def writing(self, name: str, *, expected: int = 0) -> AbstractContextManager[Writer]:
        """See Store.writing."""
        return finishing(self.draft(name, expected=expected))

    @contextmanager
    def reading(self, name: str, *, start: int = 0) -> Iterator[Reader]:
        """See Store.reading."""
        with asking(self.place, name, "read"):
            body = self._body(self.key(name), start)
        with contextlib.closing(body):
            yield _ObjectSource(self.place, name, body)

    def _body(self, key: str, start: int) -> Any:
        if not start:
            return self.client.get_object(Bucket=self.bucket.name, Key=key)["Body"]
        try:
            answer = self.client.get_object(Bucket=self.bucket.name, Key=key, Range=f"bytes={start}-")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != _NOTHING_THERE:
                raise
            return io.BytesIO()  # the object ends where the reading broke off
        if answer["ResponseMetadata"]["HTTPStatusCode"] != _ONLY_A_PART:
            _pass_over(
                answer["Body"], start
            )  # a service may ignore Range (RFC 9110, 14.2), and begins at the beginning
        return answer["Body"]

    def head(self, name: str) -> Stored:
        """See Store.head."""
        with asking(self.place, name, "look at"):
            answer = self.client.head_object(Bucket=self.bucket.name, Key=self.key(name))
        return Stored(name, answer["ContentLength"], answer["LastModified"].astimezone(UTC))

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        pages = self.client.get_paginator("list_objects_v2").paginate(
            Bucket=self.bucket.name, Prefix=self._prefix + prefix
        )
        with explained(self.place, "list"):
            found = [item for page in pages for item in page.get("Contents", ())]
        for item in found:
            name = item["Key"].removeprefix(self._prefix)
            yield Stored(name, item["Size"], item["LastModified"].astimezone(UTC))

    def delete(self, name: str) -> None:
        """See Store.delete."""
        with asking(self.place, name, "delete"):
            self.client.delete_object(Bucket=self.bucket.name, Key=self.key(name))

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon: aborts multipart uploads, whose parts are paid for and never listed."""
        pages = self.client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self.bucket.name, Prefix=self._prefix
        )
        with explained(self.place, "clean up"):
            uploads = [item for page in pages for item in page.get("Uploads", ()) if item["Initiated"] < before]
            dead = [item for item in uploads if ours(item["Key"].removeprefix(self._prefix))]
            for item in dead:
                self.client.abort_multipart_upload(Bucket=self.bucket.name, Key=item["Key"], UploadId=item["UploadId"])
        return tuple(item["Key"].removeprefix(self._prefix) for item in dead)

    def key(self, name: str) -> str:
        """What the service calls the object of that name."""
        return self._prefix + checked_name(name)


_ONLY_A_PART = 206
_NOTHING_THERE = 416  # RFC 9110, 15.5.17: the range begins at or after the end
_BLOCK = 1 << 20


def _pass_over(body: Reader, size: int) -> None:
    """Read so many bytes for nothing, or as many as there are."""
    while size and (piece := body.read(min(size, _BLOCK))):
        size -= len(piece)


class _ObjectSource:
    """An object's bytes; a connection that ends early is an error, not an end."""

    def __init__(self, place: str, name: str, body: Reader) -> None:
        self._place = place
        self._name = name
        self._body = body

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        with asking(self._place, self._name, "read"):
            return self._body.read(size)
