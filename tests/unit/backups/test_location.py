"""A store's place says all that there is to say of a bucket, or is refused in words."""

from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import pytest

from backups.stores.location import Addressing, Bucket, Encryption, Lock, parse_bucket
from backups.stores.rights import Role, policy
from backups.stores.s3 import connect
from backups.stores.s3_demands import Demands

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_a_place_says_all_there_is_to_say() -> None:
    """Where, how addressed, encrypted with which key, locked how and for how long."""
    text = (
        "s3://backups/team/a?addressing=virtual&endpoint=https://s3.example.com:9000&region=eu-central-1"
        "&profile=second&encryption=aws:kms&kms_key=alias/backups&lock=compliance&lock_days=30"
    )
    assert parse_bucket(text) == Bucket(
        "backups", "team/a", Addressing.VIRTUAL, "https://s3.example.com:9000", "eu-central-1", "second",
        Encryption.KMS, "alias/backups", Lock.COMPLIANCE, 30,
    )  # fmt: skip
    assert parse_bucket(" s3://backups/ ") == Bucket("backups")
    assert parse_bucket("s3://backups/a/?").place == "s3://backups/a"
    found = parse_bucket(text)
    assert found.place == "s3://backups/team/a?endpoint=https://s3.example.com:9000&region=eu-central-1&profile=second"
    assert parse_bucket(found.place).place == found.place


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("s3://", "must be s3://bucket/prefix"),
        ("s3://key:secret@bucket/a", "holds credentials"),
        ("s3://b?endpoint=https://key:secret@host", "holds credentials"),
        ("s3://b?endpoint=host:9000", "https://host:port"),
        ("s3://b?lok=governance", 'the option "lok", which is none of addressing'),
        ("s3://b?region=a&region=b", '"region" twice'),
        ("s3://b?lock", "name=value"),
        ("s3://b?lock=forever", "one of governance, compliance"),
        ("s3://b?lock_days=3", "need lock="),
        ("s3://b?lock=governance&lock_days=-3", "from 1 to 3650"),
        ("s3://b?encryption=AES256&kms_key=k", "needs encryption=aws:kms"),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, told: str) -> None:
    """And no secret is repeated."""
    with pytest.raises(ValueError, match=r"must|holds|has|gives|names") as caught:
        parse_bucket(text)
    assert told in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("options", "in_host"),
    [("", True), ("endpoint=https://s3.example.com", False), ("endpoint=https://x.test&addressing=virtual", True)],
)
def test_a_bucket_stands_where_the_service_has_it(options: str, in_host: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the host name at Amazon's and wherever that is asked for, else in the path."""
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "no-secret")
    client = connect(parse_bucket(f"s3://mine/a?region=eu-central-1&{options}".rstrip("&"))).client
    address = urlsplit(client.generate_presigned_url("get_object", Params={"Bucket": "mine", "Key": "a/b"}))
    assert address.netloc.startswith("mine.") is in_host
    assert address.path == ("/a/b" if in_host else "/mine/a/b")


def test_what_is_asked_for_each_object_is_sent() -> None:
    """Encryption with its key, a lock with its end, and a Content-MD5 where there is a lock."""
    demands = Demands.of(parse_bucket("s3://b?encryption=aws:kms&kms_key=k&lock=governance"), 7)
    assert demands.headers(NOW) == {
        "ServerSideEncryption": "aws:kms",
        "SSEKMSKeyId": "k",
        "ObjectLockMode": "GOVERNANCE",
        "ObjectLockRetainUntilDate": datetime(2026, 11, 29, tzinfo=UTC),
    }
    assert demands.digest(b"x") == demands.digest(BytesIO(b"x")) == {"ContentMD5": "ndTkYSaMgDT1yFZOFVxnpg=="}
    assert Demands().headers(NOW) == Demands().digest(b"x") == {}


def actions(role: Role, *, read_back: bool = False) -> set[str]:
    bucket = parse_bucket("s3://b/team?encryption=aws:kms&kms_key=arn:aws:kms:x&lock=governance")
    statements = policy(role, bucket, read_back=read_back)["Statement"]
    return {action for item in statements if item["Effect"] == "Allow" for action in item["Action"]}


def test_no_policy_has_a_right_too_many() -> None:
    """The host that writes backups can neither delete nor read them; nobody may lift a lock or change a version."""
    assert actions(Role.WRITER) == {
        "s3:PutObject", "s3:AbortMultipartUpload", "s3:PutObjectRetention", "kms:GenerateDataKey", "kms:Decrypt",
    }  # fmt: skip
    assert actions(Role.WRITER, read_back=True) - actions(Role.WRITER) == {"s3:GetObject"}
    assert "s3:DeleteObject" not in actions(Role.READER)
    every = {action for role in Role for action in actions(role, read_back=True)}
    assert not {item for item in every if "Bypass" in item or "Version" in item or item.endswith("*")}


def test_every_right_ends_at_the_prefix() -> None:
    """No statement names more of a bucket than lies below the prefix, or lists more."""
    for role in Role:
        for statement in policy(role, parse_bucket("s3://b/team"))["Statement"]:
            for resource in statement["Resource"]:
                assert resource.startswith("arn:aws:s3:::b/team/") or resource == "arn:aws:s3:::b"
