"""Pushing the numbers to a Prometheus push gateway, for a machine that nothing scrapes.

Source: Prometheus's documentation, "When to use the Pushgateway", and the gateway's own: a PUT replaces its group, here
`job="greenroom"` with this machine's `instance`.
"""

import socket
from http.client import HTTPException

from prometheus_client import push_to_gateway

from catalog.errors import Failure
from operations.metrics.exposition import registry_of
from operations.metrics.measured import Samples

_SECONDS = 10


def push(samples: Samples, gateway: str) -> None:
    """Replace this machine's numbers in the gateway. Raises Failure if it does not take them."""
    group = {"instance": socket.gethostname()}
    try:
        push_to_gateway(gateway, "greenroom", registry_of(samples), grouping_key=group, timeout=_SECONDS)
    except (OSError, HTTPException) as error:  # what urllib raises: an answer that says no, and one that is no HTTP
        why = " ".join(str(error).split()) or type(error).__name__
        raise Failure(f"the push gateway {gateway} did not take the metrics", why=why) from None
