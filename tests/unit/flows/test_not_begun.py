"""A flow whose settings do not hold: it fails with the sentence, and whoever can still be made out is told."""

from pathlib import Path

import pytest
from prefect.client.schemas.objects import StateType

from flows.carrying import under_prefect
from tests.unit.operations.notices.test_sending import Hooks, serving


def test_a_flow_that_is_refused_before_its_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no run, no trail and no report, and nobody looks at Prefect's page at night."""
    monkeypatch.chdir(tmp_path)
    Path("greenroom.toml").write_text("sedes = 7\n")
    with serving(hooks := Hooks()):
        monkeypatch.setenv("GREENROOM_NOTIFY", hooks.url().get_secret_value())
        state = under_prefect("back-up-staging", lambda run, do: "never")
    assert state.type is StateType.FAILED
    assert str(state.message).startswith('refused: greenroom.toml has an unknown key "sedes"')
    ((_, body),) = hooks.taken
    assert body["title"] == "Greenroom: back-up-staging of staging refused"
