"""Who is told: URLs of Apprise, each of which says how somebody is reached and mostly holds a key or password."""

import logging
import warnings
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import PlainSerializer, PlainValidator, SecretStr

if TYPE_CHECKING:  # it brings a module for each of its hundred services, half a second of work
    from apprise import Apprise, NotifyBase


def opened(receiver: SecretStr) -> "NotifyBase | None":
    """What sends to a receiver; None if it is none that Apprise knows. Nobody is contacted.

    Nothing that it logs is kept, since it may hold parts of the URL; nothing of a message is kept on the disk.
    """
    from apprise import AppriseAsset, PersistentStoreMode

    asset = AppriseAsset(
        storage_mode=PersistentStoreMode.MEMORY, app_id="Greenroom", app_desc="Greenroom", app_url="", async_mode=False
    )
    return _services().instantiate(receiver.get_secret_value(), asset=asset)


@cache
def _services() -> "type[Apprise]":
    """Apprise with all its services loaded; what these stand on may warn of its own age, which is nobody's business."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from apprise import Apprise

        logging.getLogger("apprise").disabled = True
        Apprise.instantiate("json://localhost")
    return Apprise


def kind_of(receiver: SecretStr) -> str:
    """How a receiver is reached, such as `mailtos`: all of its URL that may be shown."""
    return receiver.get_secret_value().partition("://")[0].lower()


def _receivers(value: object) -> tuple[SecretStr, ...]:
    urls = value.split() if isinstance(value, str) else value
    if not isinstance(urls, list | tuple):
        raise ValueError("must be URLs of receivers, with blanks between them")
    secrets = tuple(url if isinstance(url, SecretStr) else SecretStr(str(url).strip()) for url in urls)
    for number, secret in enumerate(secrets, 1):
        if kind_of(secret) == "pagerduty":
            raise ValueError(f"has PagerDuty as number {number}, whose incidents nobody would close: set pagerduty_key")
        if opened(secret) is None:
            raise ValueError(f"has as number {number} what is no URL of a receiver that Apprise knows")
    return secrets


Receivers = Annotated[
    tuple[SecretStr, ...], PlainValidator(_receivers), PlainSerializer(lambda urls: ["**********" for _ in urls])
]
