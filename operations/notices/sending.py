"""Sending to every receiver at once, within a bounded time."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from pydantic import SecretStr

from operations.notices.message import Message
from operations.notices.receivers import kind_of, opened

SECONDS = 30.0


Call = tuple[str, Callable[[], str]]
"""Somebody to be told: what a human calls them, and what tells them, giving why it did not work, nothing if it did."""


def send(message: Message, receivers: Sequence[SecretStr], *, seconds: float = SECONDS) -> tuple[str, ...]:
    """Tell every receiver, and name those that could not be told, each with why; of its URL only the kind is named."""
    return tell_all(calls(message, receivers), seconds=seconds)


def calls(message: Message, receivers: Sequence[SecretStr]) -> tuple[Call, ...]:
    """What tells each receiver."""
    return tuple(
        (f"receiver {number} ({kind_of(receiver)})", partial(_send, message, receiver))
        for number, receiver in enumerate(receivers, 1)
    )


def tell_all(calls: Sequence[Call], *, seconds: float = SECONDS) -> tuple[str, ...]:
    """Tell all of them at once, and name those that could not be told, each with why.

    Whoever does not answer in time is left to themselves, and does not keep the program from ending.
    """
    outcomes: dict[str, str] = {}
    threads = [threading.Thread(target=_note, args=(*call, outcomes), daemon=True) for call in calls]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    told = [(name, outcomes.get(name, f"did not answer within {seconds:g} s")) for name, _ in calls]
    return tuple(f"{name} {said}" for name, said in told if said)


def _note(name: str, call: Callable[[], str], outcomes: dict[str, str]) -> None:
    try:
        outcomes[name] = call()
    except Exception as error:  # a plug-in may raise anything; its text may hold the URL
        outcomes[name] = f"could not be told ({type(error).__name__})"


def _send(message: Message, receiver: SecretStr) -> str:
    from apprise import NotifyFormat, NotifyType

    sender = opened(receiver)
    taken = sender is not None and sender.notify(
        title=message.title,
        body=message.body,
        notify_type=NotifyType(message.kind),
        body_format=NotifyFormat.TEXT,
    )
    return "" if taken else "did not take the message"
