"""A setting names a store, or is refused in words."""

from pathlib import Path

import pytest

from backups.stores import open_store
from backups.stores.s3_upload import part_size
from catalog.errors import Refusal


def test_a_bucket_and_prefix_name_a_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store says where it is as it was given."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1")
    assert open_store("s3://bucket/some/prefix/").place == "s3://bucket/some/prefix"
    assert open_store("s3://bucket").place == "s3://bucket"


def test_a_path_names_a_folder(tmp_path: Path) -> None:
    """Anything without a scheme is a path."""
    assert open_store(str(tmp_path)).place == str(tmp_path)


@pytest.mark.parametrize("location", ["", "ftp://host/x", "s3://", "s3:///prefix"])
def test_anything_else_is_refused(location: str) -> None:
    """The refusal says what to write instead."""
    with pytest.raises(Refusal, match="place for backups") as caught:
        open_store(location)
    assert "s3://bucket/prefix" in str(caught.value)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A mount that is not mounted must not become a folder on the wrong disk."""
    with pytest.raises(Refusal, match="does not exist"):
        open_store(str(tmp_path / "absent")).reach()


def test_a_large_object_needs_few_parts() -> None:
    """Eight megabytes until that would be too many parts for a service that takes a thousand."""
    assert part_size(0) == 8 * 1024 * 1024
    assert -(-(10**12) // part_size(10**12)) <= 900
