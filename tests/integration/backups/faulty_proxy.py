"""A way to a server that breaks in the ways networks and services do."""

import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

_TEXT = b"<Error><Code>SlowDown</Code><Message>Reduce your rate</Message></Error>"
BUSY = (
    b"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%s" % (len(_TEXT), _TEXT)
)
_BLOCK = 16384


@dataclass
class Fault:
    """What happens to one connection.

    It is reset after so many bytes of what was sent or received, or answered by something other than the server; or a
    bit of the byte at `flipped` of what was sent is another when it arrives.
    """

    after_sent: int | None = None
    after_received: int | None = None
    answer: bytes = b""
    flipped: int | None = None


@dataclass
class FaultyProxy:
    """Hands connections on to a server; each new one takes the next of the faults, and then no more."""

    target: tuple[str, int]
    faults: deque[Fault] = field(default_factory=deque)
    port: int = 0
    open: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Break every connection that is open now."""
        while self.open:
            _reset(self.open.pop())

    def serve(self, listener: socket.socket) -> None:
        with suppress(OSError):  # it was closed
            while True:
                client, _ = listener.accept()
                self.open.append(client)
                fault = self.faults.popleft() if self.faults else Fault()
                threading.Thread(target=self._carry, args=(client, fault), daemon=True).start()

    def _carry(self, client: socket.socket, fault: Fault) -> None:
        if fault.answer:
            with suppress(OSError), client:
                client.recv(_BLOCK)
                client.sendall(fault.answer)
            return
        if fault.after_sent == 0:
            _reset(client)
            return
        server = socket.create_connection(self.target)
        back = threading.Thread(target=_pump, args=(server, client, fault.after_received), daemon=True)
        back.start()
        _pump(client, server, fault.after_sent, fault.flipped)
        back.join()
        client.close()
        server.close()


@contextmanager
def faulty_proxy(url: str) -> Iterator[FaultyProxy]:
    """A proxy before the server at `url`; it answers on `port` while inside."""
    host, _, port = url.rpartition("//")[2].partition(":")
    proxy = FaultyProxy((host, int(port)))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _pump(source: socket.socket, sink: socket.socket, limit: int | None, flipped: int | None = None) -> None:
    passed = 0
    with suppress(OSError):
        while data := source.recv(_BLOCK):
            if flipped is not None and passed <= flipped < passed + len(data):
                data = bytes(byte ^ (passed + at == flipped) for at, byte in enumerate(data))
            if limit is not None and passed + len(data) >= limit:
                sink.sendall(data[: limit - passed])
                _reset(source)
                _reset(sink)
                return
            sink.sendall(data)
            passed += len(data)
    with suppress(OSError):  # the other side learns of the end whatever it was
        sink.shutdown(socket.SHUT_WR)


def _reset(connection: socket.socket) -> None:
    """Close it so that the other side is told that it broke, and not that it ended."""
    with suppress(OSError):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RD)
        connection.close()
