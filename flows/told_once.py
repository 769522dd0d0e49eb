"""A run that failed with a sentence tells it once: Prefect's engine would add a traceback of its own."""

import logging

from prefect.exceptions import FailedRun


class ToldOnce(logging.Filter):
    """Leaves out what is logged of a flow whose state is failed already; whatever else breaks is logged as ever."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be logged."""
        return not (record.exc_info and isinstance(record.exc_info[1], FailedRun))


_TOLD_ONCE = ToldOnce()


def tell_once() -> None:
    """Have the engine's loggers in this process pass over failures that the run's state tells; once is enough."""
    for name in ("prefect.flow_runs", "prefect.engine"):
        logging.getLogger(name).addFilter(_TOLD_ONCE)
