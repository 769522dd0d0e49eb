"""What each key may do in a bucket, and no more: the policy for whoever writes, prunes or reads backups."""

from enum import StrEnum
from typing import Any

from backups.layout import ARCHIVE, AUDIT, HOLD, MANIFEST, PROOFS, REPORTS, ROLES
from backups.stores.location import Bucket, Encryption, Lock

Statement = dict[str, Any]


class Role(StrEnum):
    """Who holds a key: the host that takes backups, the one that lets them go, the one that checks and restores."""

    WRITER = "writer"
    PRUNER = "pruner"
    READER = "reader"


def policy(role: Role, bucket: Bucket, *, read_back: bool = False) -> dict[str, Any]:
    """The IAM policy for a role in a bucket; a writer that is to `read_back` may read what lies there, too."""
    statements = {
        Role.WRITER: lambda: _writer(bucket, read_back=read_back),
        Role.PRUNER: lambda: _pruner(bucket),
        Role.READER: lambda: _reader(bucket),
    }[role]()
    return {"Version": "2012-10-17", "Statement": statements}


def _writer(bucket: Bucket, *, read_back: bool) -> list[Statement]:
    """May not delete, list or overwrite: a stolen key cannot harm the backups that are there."""
    objects = _objects(bucket, "*")
    lock = ["s3:PutObjectRetention"] if bucket.lock is not Lock.NONE else []
    read = ["s3:GetObject"] if read_back else []
    return [
        _allow("WriteBackups", ["s3:PutObject", "s3:AbortMultipartUpload", *lock, *read], objects),
        _never_over_another(objects),
        *_with_key(bucket, ["kms:GenerateDataKey", "kms:Decrypt"]),  # a multipart upload needs both
    ]


def _pruner(bucket: Bucket) -> list[Statement]:
    """Sees what there is and lets it go; may read what lies beside an archive, and not the archive."""
    beside = [name for part in (f"{MANIFEST}*", f"{PROOFS}*", HOLD) for name in _objects(bucket, f"*/{part}")]
    every = [*beside, *(name for part in (ARCHIVE, ROLES) for name in _objects(bucket, f"*/{part}"))]
    holds = _objects(bucket, f"*/{HOLD}")
    told = [name for part in (AUDIT, REPORTS) for name in _objects(bucket, f"{part}*")]
    return [
        _list(bucket),
        _allow("ListUnfinishedUploads", ["s3:ListBucketMultipartUploads"], [_arn(bucket)]),
        _allow("ReadManifestsProofsAndHolds", ["s3:GetObject"], beside),
        _allow("LetGo", ["s3:DeleteObject", "s3:AbortMultipartUpload"], [*every, *_objects(bucket, f"{REPORTS}*")]),
        _allow("Hold", ["s3:PutObject"], holds),
        _allow("CopyTheAuditTrailAndReports", ["s3:PutObject"], told),
        _never_over_another(told),
        *_with_key(bucket, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ]


def _reader(bucket: Bucket) -> list[Statement]:
    """Reads everything, and writes nothing but proofs, the audit trail's copy, and reports."""
    written = [name for part in (f"*/{PROOFS}*", f"{AUDIT}*", f"{REPORTS}*") for name in _objects(bucket, part)]
    return [
        _list(bucket),
        _allow("ReadBackups", ["s3:GetObject"], _objects(bucket, "*")),
        _allow("WriteProofsAuditTrailAndReports", ["s3:PutObject"], written),
        _never_over_another(written),
        *_with_key(bucket, ["kms:Decrypt", "kms:GenerateDataKey"]),
    ]


def _list(bucket: Bucket) -> Statement:
    below = [f"{bucket.prefix}/*", f"{bucket.prefix}/"] if bucket.prefix else ["*", ""]
    return _allow("ListBackups", ["s3:ListBucket"], [_arn(bucket)]) | {
        "Condition": {"StringLike": {"s3:prefix": below}}
    }


def _never_over_another(objects: list[str]) -> Statement:
    """Amazon's own conditions: an object may be created only if none of its name is there (If-None-Match: *)."""
    return {
        "Sid": "NeverOverwrite",
        "Effect": "Deny",
        "Action": ["s3:PutObject"],
        "Resource": objects,
        "Condition": {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}},
    }


def _with_key(bucket: Bucket, actions: list[str]) -> list[Statement]:
    if bucket.encryption is not Encryption.KMS:
        return []
    key = bucket.kms_key if bucket.kms_key.startswith("arn:") else "*"
    return [
        _allow("UseTheKey", actions, [key]) | {"Condition": {"StringLike": {"kms:ViaService": "s3.*.amazonaws.com"}}}
    ]


def _allow(name: str, actions: list[str], resources: list[str]) -> Statement:
    return {"Sid": name, "Effect": "Allow", "Action": actions, "Resource": resources}


def _arn(bucket: Bucket) -> str:
    return f"arn:aws:s3:::{bucket.name}"


def _objects(bucket: Bucket, below: str) -> list[str]:
    return [f"{_arn(bucket)}/{bucket.prefix}/{below}" if bucket.prefix else f"{_arn(bucket)}/{below}"]
