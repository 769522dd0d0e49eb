"""What the engine logs of a run that failed."""

import logging

import pytest
from prefect.exceptions import FailedRun

from flows.told_once import tell_once


@pytest.mark.parametrize(("error", "logged"), [(FailedRun("refused: no marker"), False), (KeyError("a defect"), True)])
@pytest.mark.parametrize("name", ["prefect.flow_runs", "prefect.engine"])
def test_a_failure_that_the_state_tells_gets_no_traceback(name: str, error: Exception, logged: bool) -> None:
    """The engine's error about our own failed state is passed over; one about a defect is logged."""
    tell_once()
    logger = logging.getLogger(name)
    told = (type(error), error, None)
    record = logger.makeRecord(name, logging.ERROR, __file__, 1, "exited with unexpected exception", (), told)
    assert bool(logger.filter(record)) == logged
