"""The command that gives the numbers of past runs to Prometheus: metrics."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from catalog.errors import Failure, Misuse, Refusal
from operations.cli.commands import add
from operations.cli.interruption import ended_by_sigterm
from operations.settings.settings import Settings, load

_Listen = Annotated[
    str,
    typer.Option("--listen", metavar="HOST:PORT", help="Serve them there over HTTP, for Prometheus."),
]


def metrics(listen: _Listen = "") -> None:
    """Print what past runs left in numbers, as Prometheus reads them, or serve it for a scrape.

    The numbers are those of the settings' metrics_file, or of push_gateway, which every run brings up to date. Nothing
    else is served, and nobody is asked for a password: listen where Prometheus alone can come.

    Examples:
      greenroom metrics
      greenroom metrics --listen 127.0.0.1:9464
    """
    from prometheus_client import generate_latest  # here, as no other command needs it

    from operations.metrics import read_numbers, registry_of, served

    path = _numbers(load())
    if listen:
        with suppress(KeyboardInterrupt), ended_by_sigterm(), served(path, *_address(listen)) as server:
            typer.echo(f"serving {path} at http://{listen}/metrics", err=True)
            server.join()
        return
    try:
        typer.echo(generate_latest(registry_of(read_numbers(path))), nl=False)
    except OSError as error:
        raise Failure(f"the metrics could not be read from {path}", why=error.strerror or str(error)) from None


def _numbers(settings: Settings) -> Path:
    if path := settings.numbers():
        return path
    raise Refusal("no run leaves numbers", todo="Set metrics_file, or push_gateway, and run a job (docs/settings.md).")


def _address(listen: str) -> tuple[str, int]:
    host, _, port = listen.rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise Misuse(f'"{listen}" is no HOST:PORT', todo="For example: --listen 127.0.0.1:9464")
    return host.strip("[]"), int(port)


def add_to(app: typer.Typer, _: typer.Typer) -> None:
    """Add this command to the program."""
    add(app, "metrics", metrics)
