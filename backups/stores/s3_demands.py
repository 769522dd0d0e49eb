"""What a bucket's options ask of the service for each object."""

import hashlib
import io
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, Self

from backups.stores.location import Bucket, Encryption, Lock

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Demands:
    """What the service is asked to do with each object: encrypt it, lock it for some days."""

    encryption: Encryption = Encryption.NONE
    kms_key: str = ""
    lock: Lock = Lock.NONE
    days: int = 0

    @classmethod
    def of(cls, bucket: Bucket, days: int) -> Self:
        """What a bucket's options say, with the days of a lock."""
        return cls(bucket.encryption, bucket.kms_key, bucket.lock, days)

    def headers(self, now: datetime) -> dict[str, Any]:
        """The parameters of PutObject and CreateMultipartUpload."""
        wanted: dict[str, Any] = {}
        if self.encryption:
            wanted["ServerSideEncryption"] = str(self.encryption)
        if self.kms_key:
            wanted["SSEKMSKeyId"] = self.kms_key
        if self.lock:
            wanted["ObjectLockMode"] = self.lock.upper()
            wanted["ObjectLockRetainUntilDate"] = now + timedelta(days=self.days)
        return wanted

    def digest(self, body: bytes | IO[bytes]) -> dict[str, Any]:
        """A Content-MD5 for an object to be locked: some services ask for it there, whatever other checksum it has."""
        if not self.lock:
            return {}
        file = io.BytesIO(body) if isinstance(body, bytes) else body
        digest = hashlib.md5(usedforsecurity=False)
        while block := file.read(_BLOCK):
            digest.update(block)
        file.seek(0)
        return {"ContentMD5": b64encode(digest.digest()).decode("ascii")}
