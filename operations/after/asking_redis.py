"""Asking a Redis: on a connection that is closed when the time is up, and with nothing of a URL that could mislead.

Of a URL only what tells where the server is, who signs in and whom TLS trusts is used: its other parameters could lead
elsewhere than what was judged.
"""

import socket
from collections.abc import Callable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import SecretStr

from catalog.errors import Failure
from operations.after.apart import Seen
from operations.within import within

if TYPE_CHECKING:  # most commands can do without
    from redis import Redis

T = TypeVar("T")

_ONE_ANSWER = 5.0


def place_of(url: SecretStr) -> Seen:
    """Where a Redis is by its URL; nothing is asked but the addresses of its host's name."""
    options = _options(url)
    host, port = str(options.get("host", "localhost")), int(options.get("port", 6379))
    addresses = _addresses(host, port)
    local = bool(addresses) and all(ip_address(address).is_loopback for address in addresses)
    return Seen(host, port, int(options.get("db", 0)), addresses, local)


def look(url: SecretStr, seconds: float) -> Seen:
    """Where a Redis is, and what it says of itself; Failure, without a secret, if it does not answer in time."""
    place = place_of(url)
    server, replication = asked(url, place.database, seconds, _info)
    return Seen(
        place.host,
        place.port,
        place.database,
        place.addresses,
        place.local,
        str(server.get("run_id", "")),
        str(server.get("redis_mode", "")),
        replication.get("role") == "slave",
    )


def asked(url: SecretStr, database: int, seconds: float, question: "Callable[[Redis], T]") -> T:
    """What Redis answers to a question; Failure, without a secret, if it refuses it or does not answer in time."""
    from redis.exceptions import RedisError

    if seconds <= 0:
        raise _failure(url, "the time was up before it was asked")
    once = _Once()
    client = _client(url, database, seconds, once)
    try:
        given = within(seconds, lambda: question(client), "redis")
    except (RedisError, OSError) as error:
        raise _failure(url, " ".join(str(error).split()) or type(error).__name__) from None
    finally:
        once.over = True
        client.close()  # also under a thread that still waits for an answer
    if given is None:
        raise _failure(url, f"no whole answer within {seconds:.0f} s")
    return given


def _failure(url: SecretStr, why: str) -> Failure:
    options = _options(url)
    place = f"{options.get('host', 'localhost')}:{options.get('port', 6379)}"
    return Failure(f"the Redis at {place} did not do what it was asked", why=why)


def _client(url: SecretStr, database: int, seconds: float, once: "_Once") -> "Redis":
    from redis import Redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    options = _options(url)
    trusted = {name: value for name, value in options.items() if name.startswith("ssl_")}
    one = min(seconds, _ONE_ANSWER)
    return Redis(
        host=options.get("host", "localhost"),
        port=options.get("port", 6379),
        db=database,
        username=options.get("username"),
        password=options.get("password"),
        ssl=url.get_secret_value().strip().startswith("rediss:"),
        socket_timeout=one,
        socket_connect_timeout=one,
        retry=Retry(NoBackoff(), 0),
        redis_connect_func=once,  # type: ignore[arg-type]  # it is called with the connection
        protocol=2,  # what every version speaks
        **trusted,
    )


class _Once:
    """Signs in on a client's first connection and refuses every other, and the first one, too, when all is `over`.

    The client would silently make another one, when the first is lost or the time is up: perhaps to another server. And
    a thread that was given up before it had connected would do then what is told as not done.
    """

    def __init__(self) -> None:
        self.over = False

    def __call__(self, connection: Any) -> None:
        from redis.exceptions import ConnectionError as Lost

        if self.over:
            raise Lost("the connection was lost on the way, or the time is up")
        self.over = True
        connection.on_connect()


def _options(url: SecretStr) -> dict[str, Any]:
    from redis.connection import parse_url

    return dict(parse_url(url.get_secret_value().strip()))  # type: ignore[no-untyped-call]  # it has no types


def _addresses(host: str, port: int) -> frozenset[str]:
    """The addresses of a host; none if its name is not known here."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return frozenset()
    return frozenset(str(address[4][0]).partition("%")[0] for address in found)


def _info(redis: "Redis") -> tuple[dict[str, Any], dict[str, Any]]:
    """What the server says of itself; nothing where our user may not ask for it."""
    from redis.exceptions import ResponseError

    redis.ping()
    try:
        return _plain(redis.info("server")), _plain(redis.info("replication"))
    except ResponseError:
        return {}, {}


def _plain(answer: Any) -> dict[str, Any]:
    return dict(answer)
