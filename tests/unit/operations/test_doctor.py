"""What the doctor says without a server."""

from pathlib import Path

import pytest

from catalog.findings import Outcome
from operations.doctor import examine
from operations.settings.settings import load


@pytest.mark.parametrize(("folder", "outcome"), [("", Outcome.PASSED), ("gone", Outcome.NOTED)])
def test_a_folder_for_numbers_is_looked_at_beforehand(
    folder: str, outcome: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not there is told, and refuses nothing; who wants no numbers is not asked."""
    monkeypatch.chdir(tmp_path)
    found = examine(load(metrics_file=tmp_path / folder / "greenroom.prom"))
    assert [finding.outcome for finding in found if finding.check == "metrics"] == [outcome]
    assert [finding for finding in examine(load()) if finding.check == "metrics"] == []
