"""What the design page shows is what the code reads and writes."""

import re
from pathlib import Path

from backups.layout import owner
from backups.manifest import manifest_json, read_manifest

PAGE = (Path(__file__).parents[3] / "docs" / "backup-design.md").read_text(encoding="utf-8")


def test_the_sample_manifest_is_a_manifest() -> None:
    """It is read without complaint and written back letter for letter."""
    sample = re.findall(r"```json\n(.*?)```", PAGE, flags=re.DOTALL)[0]
    assert manifest_json(read_manifest(sample.encode(), "20261122T020000Z-3f9c2a")).decode() == sample


def test_the_sample_names_are_ours() -> None:
    """Every object in the page's listing is recognized as part of a backup."""
    names = re.findall(r"^    (2026\S+)$", PAGE, flags=re.MULTILINE)
    assert len(names) == 7
    assert all(owner(name) == "20261122T020000Z-3f9c2a" for name in names)
