"""Which of what went wrong under Prefect is worth another try."""

from typing import Any

from catalog.errors import Refusal, Rejected


def worth_another_try(_task: object, _run: object, state: Any) -> bool:
    """Whether a task that ended in this state may end better: neither a refusal does, nor rows that do not fit."""
    try:
        state.result()
    except (Refusal, Rejected):
        return False
    except Exception:  # whatever else broke is tried again, and raised if it breaks again
        return True
    return False
