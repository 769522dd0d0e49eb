"""Two stores are two places."""

from pathlib import Path

import pytest

from catalog.errors import Refusal
from operations.backup.stores import stores_of
from operations.settings.settings import load

HERE, THERE = "https://here.example.com", "https://there.example.com"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"s3://backups/team?endpoint={HERE}", f"s3://backups/team?endpoint={THERE}"),
        (f"s3://backups/team?endpoint={HERE}", "s3://backups/team?region=eu-central-1"),
        ("s3://backups/team?region=eu-central-1", "s3://backups/team?region=cn-north-1"),
    ],
)
def test_one_name_of_a_bucket_at_two_services_is_two_stores(first: str, second: str, tmp_path: Path) -> None:
    """Each service has its own names, and people can tell the two apart."""
    assert [store.place for store in stores_of(load(home=tmp_path, store=first, second_store=second))] == [
        first,
        second,
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"s3://backups/team?endpoint={HERE}", f"s3://backups/team/?lock=governance&endpoint={HERE}"),
        ("s3://backups/team", "s3://backups/team?region=eu-central-1"),
        ("s3://backups/team?region=eu-central-1", "s3://backups/team?region=us-east-1&addressing=path"),
        ("/backups", "/backups/"),
    ],
)
def test_one_place_written_in_two_ways_is_refused(first: str, second: str, tmp_path: Path) -> None:
    """Whatever is asked for the objects there."""
    with pytest.raises(Refusal, match="the second store is the first"):
        stores_of(load(home=tmp_path, store=first, second_store=second))


def test_a_link_to_a_folder_is_no_second_store(tmp_path: Path) -> None:
    """Whatever leads there."""
    (tmp_path / "link").symlink_to(tmp_path / "backups")
    with pytest.raises(Refusal, match="the second store is the first"):
        stores_of(load(home=tmp_path, store=str(tmp_path / "backups"), second_store=str(tmp_path / "link")))
