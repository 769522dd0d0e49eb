"""What a run tidies up when it lets go of staging, without a server."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from database.endpoints import Staging
from operations import exclusion
from operations.run import Run
from operations.settings.settings import load


@pytest.mark.parametrize(
    ("building", "promoted", "dropped"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_only_a_candidate_of_its_own_is_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, building: bool, promoted: bool, dropped: bool
) -> None:
    """One that is there after ours was promoted, as when services are waited for, is another run's to go on with."""
    url = "postgresql://owner@staging.example.com/app"
    run = Run("refresh", load(home=tmp_path, staging_database_url=url), Staging.parse(url))
    run.story.building, run.story.promoted = building, promoted
    said: list[bool] = []

    def clear(*_: object, candidate: bool) -> tuple[str, ...]:
        said.append(candidate)
        return ()

    monkeypatch.setattr(exclusion, "exclusive", lambda *_, **__: nullcontext())
    monkeypatch.setattr(exclusion, "maintenance", lambda *_: nullcontext())
    monkeypatch.setattr("operations.exclusion.promote.clear_leftovers", clear)
    monkeypatch.setattr("operations.exclusion.promote.take_back_aside", lambda *_: None)
    monkeypatch.setattr(exclusion, "drop_roles", lambda *_: None)
    with exclusion.exclusively(run):
        pass
    assert said == [dropped]
    assert run.story.findings == []
