"""Sending a message to every receiver at once, within a bounded time."""

import threading
import time
from collections.abc import Sequence

from pydantic import SecretStr

from operations.notices.message import Message
from operations.notices.receivers import kind_of, opened

SECONDS = 30.0


def send(message: Message, receivers: Sequence[SecretStr], *, seconds: float = SECONDS) -> tuple[str, ...]:
    """Tell every receiver, and name those that could not be told, each with why; of its URL only the kind is named.

    A receiver that does not answer in time is left to itself, and does not keep the program from ending.
    """
    outcomes: dict[int, str] = {}
    threads = [
        threading.Thread(target=_send, args=(message, receiver, number, outcomes), daemon=True)
        for number, receiver in enumerate(receivers)
    ]
    for thread in threads:
        thread.start()
    end = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    told = [(number, outcomes.get(number, f"did not answer within {seconds:g} s")) for number in range(len(receivers))]
    return tuple(f"receiver {number + 1} ({kind_of(receivers[number])}) {said}" for number, said in told if said)


def _send(message: Message, receiver: SecretStr, number: int, outcomes: dict[int, str]) -> None:
    """Send, and note why it did not work, nothing if it did."""
    try:
        from apprise import NotifyFormat, NotifyType

        sender = opened(receiver)
        taken = sender is not None and sender.notify(
            title=message.title,
            body=message.body,
            notify_type=NotifyType(message.kind),
            body_format=NotifyFormat.TEXT,
        )
        outcomes[number] = "" if taken else "did not take the message"
    except Exception as error:  # a plug-in may raise anything; its text may hold the URL
        outcomes[number] = f"could not be told ({type(error).__name__})"
