"""Writing one object to S3: whole or not at all, never over another, every byte checked by the service.

`upload_fileobj` can neither write conditionally nor tell a source that ended from one that broke, so the multipart
upload is driven here (Amazon S3 API reference: CreateMultipartUpload, UploadPart, CompleteMultipartUpload).
"""

import contextlib
import secrets
import zlib
from base64 import b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from backups.stores.s3_demands import Demands
from backups.stores.s3_errors import IN_USE, asking, code, denied
from backups.stores.s3_part import Part
from backups.stores.store import taken
from catalog.errors import Failure

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

_SMALLEST_PART = 8 * 1024 * 1024
_BIGGEST_PART = 5 * 1024**3  # Amazon S3's own limit
_PARTS = 900  # some services stop at 1,000
_MARK = "greenroom-write"
_ABSENT, _FORBIDDEN = 404, 403


def part_size(expected: int) -> int:
    """Bytes in a part, so that an object of `expected` bytes needs no more parts than every service takes.

    All parts but the last are of one size, as some services demand.
    """
    return min(max(_SMALLEST_PART, -(-expected // _PARTS)), _BIGGEST_PART)


@dataclass(frozen=True, slots=True)
class Target:
    """The object to write: its key in its bucket, and what people call it and the store."""

    client: "S3Client"
    bucket: str
    key: str
    name: str
    place: str


class ObjectDraft:
    """Gathers bytes into parts of equal size and sends each when it is full; small objects go in one request."""

    def __init__(self, target: Target, size: int, demands: Demands) -> None:
        self._target = target
        self._requests = _Requests(target, demands)
        self._part_size = size
        self._part = Part(size)
        self._over = memoryview(b"")  # taken, and for the next part
        self._sent = 0
        self._checksum = 0

    def write(self, data: bytes) -> int:
        """Take the bytes; what is full is sent first, so that a write that fails has taken nothing."""
        self._drain()
        self._checksum = zlib.crc32(data, self._checksum)
        self._over = memoryview(data)
        self._fill()
        return len(data)

    def finish(self) -> None:
        """Send the rest and make the object appear; raises if the service then holds another number of bytes."""
        self._drain()
        size = self._sent + self._part.size
        with asking(self._target.place, self._target.name, "write"):
            try:
                self._commit()
            except ClientError as error:
                self._settle(error)
            kept = self._requests.kept()
        self._part.close()
        if kept not in (None, size):
            raise Failure(
                f"{self._target.place} kept {kept} of the {size} bytes of {self._target.name}",
                left=f"the object is there and must not be trusted: {self._target.name}",
            )

    def discard(self) -> None:
        """Give the parts back; if even that fails, Store.abandon does it later."""
        self._part.close()
        if self._requests.begun:
            with contextlib.suppress(ClientError, BotoCoreError, OSError):
                self._requests.abort()

    def _fill(self) -> None:
        taking = self._over[: self._part_size - self._part.size]
        self._part.add(taking)
        self._over = self._over[len(taking) :]

    def _drain(self) -> None:
        """Send what is full, until nothing waits for its part."""
        while self._over:
            if self._part.size == self._part_size:
                self._send()
            self._fill()

    def _commit(self) -> None:
        if not self._requests.begun:
            self._requests.put(self._part.body(), self._checksum)
            return
        if self._part.size:
            self._send()
        self._requests.complete(self._sent, self._checksum)

    def _settle(self, error: ClientError) -> None:
        """A commit whose answer was lost is repeated, and then refused because of our own object."""
        if code(error) not in IN_USE | {"NoSuchUpload"}:
            raise error
        if not self._requests.arrived():
            raise taken(self._target.name, self._target.place) if code(error) in IN_USE else error

    def _send(self) -> None:
        with asking(self._target.place, self._target.name, "write"):
            if not self._requests.begun:
                self._requests.begin()
            self._requests.part(self._part.body(), self._part.checksum)
        self._sent += self._part.size
        self._part.close()
        self._part = Part(self._part_size)


class _Requests:
    """The requests themselves; the object carries a mark by which we know our own."""

    def __init__(self, target: Target, demands: Demands) -> None:
        self._client = target.client
        self._bucket = target.bucket
        self._key = target.key
        self._demands = demands
        self._mark = secrets.token_hex(16)
        self._parts: list[CompletedPartTypeDef] = []
        self._id = ""

    @property
    def begun(self) -> bool:
        return bool(self._id)

    def put(self, data: bytes | IO[bytes], crc: int) -> None:
        self._client.put_object(
            Bucket=self._bucket,
            Key=self._key,
            Body=data,
            ChecksumCRC32=_base64(crc),
            IfNoneMatch="*",
            Metadata={_MARK: self._mark},
            **self._demands.digest(data),
            **self._demands.headers(datetime.now(UTC)),
        )

    def begin(self) -> None:
        answer = self._client.create_multipart_upload(
            Bucket=self._bucket,
            Key=self._key,
            ChecksumAlgorithm="CRC32",
            ChecksumType="FULL_OBJECT",
            Metadata={_MARK: self._mark},
            **self._demands.headers(datetime.now(UTC)),
        )
        self._id = answer["UploadId"]

    def part(self, data: bytes | IO[bytes], crc: int) -> None:
        number, checksum = len(self._parts) + 1, _base64(crc)
        answer = self._client.upload_part(
            Bucket=self._bucket,
            Key=self._key,
            UploadId=self._id,
            PartNumber=number,
            Body=data,
            ChecksumCRC32=checksum,
            **self._demands.digest(data),
        )
        self._parts.append({"PartNumber": number, "ETag": answer["ETag"], "ChecksumCRC32": checksum})

    def complete(self, size: int, checksum: int) -> None:
        self._client.complete_multipart_upload(
            Bucket=self._bucket,
            Key=self._key,
            UploadId=self._id,
            MultipartUpload={"Parts": self._parts},
            ChecksumCRC32=_base64(checksum),
            ChecksumType="FULL_OBJECT",
            MpuObjectSize=size,
            IfNoneMatch="*",
        )

    def abort(self) -> None:
        self._client.abort_multipart_upload(Bucket=self._bucket, Key=self._key, UploadId=self._id)

    def kept(self) -> int | None:
        """How many bytes the service holds; nothing if this key may only write, and must take its word for it."""
        try:
            return self._client.head_object(Bucket=self._bucket, Key=self._key)["ContentLength"]
        except ClientError as error:
            if denied(error):
                return None
            raise

    def arrived(self) -> bool:
        try:
            return self._client.head_object(Bucket=self._bucket, Key=self._key)["Metadata"].get(_MARK) == self._mark
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] in (_ABSENT, _FORBIDDEN):
                return False
            raise


def _base64(checksum: int) -> str:
    return b64encode(checksum.to_bytes(4, "big")).decode("ascii")
