"""What Prefect's server says of our deployments: what runs next, what is late, and whether a worker takes it.

Asked over HTTP, so that a command can do it without Prefect's client. Source: Prefect's REST API reference,
"deployments/filter", "flow_runs/filter" and "work_pools/{name}/workers/filter".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from operations.settings.settings import Settings

_SECONDS = 10.0
_MOST = 50
_OURS = "flows/"  # where our deployments' entrypoints begin


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A deployment's next run."""

    deployment: str
    at: datetime

    def is_late(self, now: datetime, bound: timedelta) -> bool:
        """Whether nobody has taken it though its time has come."""
        return now - self.at > bound


@dataclass(frozen=True, slots=True)
class Schedule:
    """What Prefect has planned; `unstaffed` are pools of ours that no worker polls.

    `trouble` says that the server could not be asked, and that the rest is therefore empty.
    """

    runs: tuple[Scheduled, ...] = ()
    unstaffed: tuple[str, ...] = ()
    deployments: int = 0
    trouble: str = ""


def look_at_schedule(settings: Settings) -> Schedule | None:
    """What the server that the settings name has planned; None if they name none."""
    if settings.prefect_api_url is None:
        return None
    try:
        with _client(settings.prefect_api_url, settings.prefect_api_key, settings.prefect_api_auth_string) as client:
            return _ask(client)
    except httpx.HTTPStatusError as error:
        return Schedule(trouble=f"it answers {error.response.status_code}")
    except httpx.TimeoutException:
        return Schedule(trouble="it did not answer in time")
    except httpx.TransportError:
        return Schedule(trouble="nothing answers at its address")
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError):
        return Schedule(trouble="what answers at its address is not Prefect's API")


def _client(url: str, key: SecretStr | None, user: SecretStr | None) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    name, _, password = user.get_secret_value().partition(":") if user else ("", "", "")
    auth = httpx.BasicAuth(name, password) if user else None
    return httpx.Client(base_url=f"{url.rstrip('/')}/", headers=headers, auth=auth, timeout=_SECONDS)


def _ask(client: httpx.Client) -> Schedule:
    ours = {item["id"]: item for item in _found(client, "deployments/filter") if _is_ours(item)}
    wanted = {"state": {"type": {"any_": ["SCHEDULED"]}}, "deployment_id": {"any_": list(ours)}}
    runs = _found(client, "flow_runs/filter", flow_runs=wanted, sort="EXPECTED_START_TIME_ASC") if ours else []
    pools = dict.fromkeys(item["work_pool_name"] for item in ours.values() if item.get("work_pool_name"))
    unstaffed = tuple(pool for pool in pools if not _has_worker(client, pool))
    return Schedule(tuple(_next(runs, ours)), unstaffed, len(ours))


def _next(runs: Sequence[Mapping[str, Any]], ours: Mapping[str, Mapping[str, Any]]) -> Iterator[Scheduled]:
    """The next run of each deployment, the soonest first."""
    told = set()
    for run in runs:
        name = _name(ours[run["deployment_id"]])
        if name not in told:
            told.add(name)
            yield Scheduled(name, datetime.fromisoformat(run["expected_start_time"]))


def _name(deployment: Mapping[str, Any]) -> str:
    """The deployment's full name; Prefect names a flow for its function."""
    flow = str(deployment["entrypoint"]).rpartition(":")[2].replace("_", "-")
    return f"{flow}/{deployment['name']}"


def _is_ours(deployment: Mapping[str, Any]) -> bool:
    return str(deployment.get("entrypoint") or "").startswith(_OURS)


def _has_worker(client: httpx.Client, pool: str) -> bool:
    """Whether a worker has lately been heard from; a pool that runs without workers has its own service's."""
    named = quote(pool, safe="")
    kind = client.get(f"work_pools/{named}")
    kind.raise_for_status()
    if str(kind.json().get("type", "")).endswith((":push", ":managed")):
        return True
    return any(worker["status"] == "ONLINE" for worker in _found(client, f"work_pools/{named}/workers/filter"))


def _found(client: httpx.Client, path: str, **body: object) -> list[dict[str, Any]]:
    answer = client.post(path, json={"limit": _MOST, **body})
    answer.raise_for_status()
    return list(answer.json())
