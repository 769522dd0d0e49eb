"""Ports of loopback: each server gets the one it had last time, so that addresses that people noted stay true."""

import socket
from contextlib import suppress
from pathlib import Path

HOST = "127.0.0.1"


def last_port(file: Path) -> int:
    """The port that the file tells of, if nobody has it now; otherwise 0, which stands for any."""
    with suppress(OSError, ValueError):
        return free_port(int(file.read_text()))
    return 0


def keep_port(file: Path, port: int) -> None:
    """Note which port a server has."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{port}\n")


def free_port(wanted: int = 0) -> int:
    """A port that is free at this moment, or the wanted one; OSError if somebody has that."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that was in use a minute ago will do
        probe.bind((HOST, wanted))
        port: int = probe.getsockname()[1]
        return port
