"""Where PagerDuty, Prefect, reports and others are; what is wrong is worded to follow the setting's name."""

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, SecretStr

from operations.clerk.keys import LOCAL

_KEY = re.compile(r"[A-Za-z0-9]{32}")


def parts_of(address: str) -> SplitResult | None:
    """An HTTP address in its parts; None if it is none, or holds what would have to be kept secret."""
    try:
        parts = urlsplit(address)
        known = bool(parts.hostname) and parts.scheme in ("http", "https") and (parts.port or 1) > 0
    except ValueError:
        return None
    return parts if known and not (parts.username or parts.password or parts.query) else None


def _key(secret: SecretStr) -> SecretStr:
    key = secret.get_secret_value().strip()
    if not _KEY.fullmatch(key):
        raise ValueError("must be an integration key of PagerDuty's Events API v2: 32 letters and digits")
    return SecretStr(key)


def _api(place: str) -> str:
    address = place.strip().rstrip("/")
    parts = parts_of(address)
    if parts is None or (parts.scheme == "http" and parts.hostname not in LOCAL):
        raise ValueError("must begin with https://, or the key would be sent unencrypted")
    return address


def _gateway(place: str) -> str:
    address = place.strip().rstrip("/")
    if parts_of(address) is None:
        raise ValueError("must be an HTTP address without a name, password or query in it")
    return address


def _heartbeat(place: SecretStr) -> SecretStr:
    parts = parts_of(place.get_secret_value().strip())
    if parts is None or (parts.scheme == "http" and parts.hostname not in LOCAL):
        raise ValueError("must be an address that begins with https://, without a name, password or query in it")
    return SecretStr(place.get_secret_value().strip())


def _pages(place: str) -> str:
    address = place.strip().rstrip("/")
    if parts_of(address) is None:
        raise ValueError("must be a web address without a name, password or query in it")
    return address


PagerDutyKey = Annotated[SecretStr, AfterValidator(_key)]
PagerDutyApi = Annotated[str, AfterValidator(_api)]
PushGateway = Annotated[str, AfterValidator(_gateway)]
PrefectApi = Annotated[str, AfterValidator(_gateway)]
Heartbeat = Annotated[SecretStr, AfterValidator(_heartbeat)]
ReportUrl = Annotated[str, AfterValidator(_pages)]
