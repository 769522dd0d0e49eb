"""A store in a bucket of any S3-compatible service."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Literal

import boto3
from botocore.config import Config

from backups.stores.s3_errors import asking, explained
from backups.stores.s3_upload import ObjectSink, Target, part_size
from backups.stores.store import Stored, checked_name
from backups.streams import Reader, Writer
from catalog.errors import Refusal

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


def connect(bucket: str, prefix: str) -> "S3Store":
    """The store below `prefix` in a bucket; endpoint, region and keys are boto3's own variables and files.

    A service other than Amazon's is addressed by path, since few have a host name for each bucket.
    """
    with explained(f"s3://{bucket}", "use", Refusal):
        client = _client("auto")
        amazon = ".amazonaws.com" in client.meta.endpoint_url
        return S3Store(client if amazon else _client("path"), bucket, prefix)


def _client(addressing: Literal["auto", "path"]) -> "S3Client":
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 5},
        request_checksum_calculation="when_required",  # every part carries ours; trailers differ between services
        response_checksum_validation="when_required",
        s3={"addressing_style": addressing},
    )
    return boto3.Session().client("s3", config=config)  # the default session would keep the first keys it saw


class S3Store:
    """Objects in a bucket, below a prefix."""

    def __init__(self, client: "S3Client", bucket: str, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    @property
    def place(self) -> str:
        """For people."""
        return f"s3://{self._bucket}/{self._prefix}".rstrip("/")

    def reach(self) -> datetime:
        """The service's own time; Refusal if the bucket is not there or will not let us list it."""
        with explained(self.place, "reach", Refusal):
            answer = self._client.list_objects_v2(Bucket=self._bucket, Prefix=self._prefix, MaxKeys=1)
        date = answer["ResponseMetadata"]["HTTPHeaders"].get("date", "")
        return parsedate_to_datetime(date).astimezone(UTC) if date else datetime.now(UTC)

    @contextmanager
    def writing(self, name: str, *, expected: int = 0) -> Iterator[Writer]:
        """See Store.writing: one request for what fits in a part, a multipart upload for more."""
        target = Target(self._client, self._bucket, self._key(name), name, self.place)
        sink = ObjectSink(target, part_size(expected))
        try:
            yield sink
            sink.finish()
        except BaseException:
            sink.abort()
            raise

    @contextmanager
    def reading(self, name: str) -> Iterator[Reader]:
        """See Store.reading."""
        with asking(self.place, name, "read"):
            body = self._client.get_object(Bucket=self._bucket, Key=self._key(name))["Body"]
        with contextlib.closing(body):
            yield _ObjectSource(self.place, name, body)

    def head(self, name: str) -> Stored:
        """See Store.head."""
        with asking(self.place, name, "look at"):
            answer = self._client.head_object(Bucket=self._bucket, Key=self._key(name))
        return Stored(name, answer["ContentLength"], answer["LastModified"].astimezone(UTC))

    def objects(self, prefix: str = "") -> Iterator[Stored]:
        """See Store.objects."""
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix + prefix
        )
        with explained(self.place, "list"):
            found = [item for page in pages for item in page.get("Contents", ())]
        for item in found:
            name = item["Key"].removeprefix(self._prefix)
            yield Stored(name, item["Size"], item["LastModified"].astimezone(UTC))

    def delete(self, name: str) -> None:
        """See Store.delete."""
        with asking(self.place, name, "delete"):
            self._client.delete_object(Bucket=self._bucket, Key=self._key(name))

    def abandon(self, before: datetime, ours: Callable[[str], bool]) -> tuple[str, ...]:
        """See Store.abandon: aborts multipart uploads, whose parts are paid for and never listed."""
        pages = self._client.get_paginator("list_multipart_uploads").paginate(Bucket=self._bucket, Prefix=self._prefix)
        with explained(self.place, "clean up"):
            uploads = [item for page in pages for item in page.get("Uploads", ()) if item["Initiated"] < before]
            dead = [item for item in uploads if ours(item["Key"].removeprefix(self._prefix))]
            for item in dead:
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=item["Key"], UploadId=item["UploadId"])
        return tuple(item["Key"].removeprefix(self._prefix) for item in dead)

    def _key(self, name: str) -> str:
        return self._prefix + checked_name(name)


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
