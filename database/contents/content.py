"""What a database's rows and large objects amount to: numbers that any copy of them gives again, in whatever order."""

from collections.abc import Sequence
from dataclasses import dataclass

from xxhash import xxh3_64, xxh3_64_intdigest

_MASK = (1 << 128) - 1

Titled = tuple[tuple[str, "Amount"], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """How many rows or large objects, and the sum of their hashes of 64 bits: 32 hex digits, all 0 of none."""

    count: int = 0
    digest: str = "0" * 32


@dataclass(frozen=True, slots=True)
class Content:
    """What each table's rows amount to, by its title (as format('%I.%I') prints it), and all large objects together."""

    tables: Titled
    large_objects: Amount


class RowSum:
    """Adds up a table's rows as COPY prints them, a line each (PostgreSQL manual, "COPY", text format).

    A line's hash is its XXH3 of 64 bits, with the line's end. The sum does not hang on their order. A line that comes
    in parts is not collected, however long it is.
    """

    def __init__(self) -> None:
        self._total = self._rows = 0
        self._begun: xxh3_64 | None = None

    def add(self, lines: Sequence[bytes]) -> None:
        """Take the table's next rows, each a whole line."""
        self._total += sum(map(xxh3_64_intdigest, lines))
        self._rows += len(lines)

    def add_part(self, part: bytes) -> None:
        """Take the next part of a row; the last one ends as the line does, and no other can."""
        self._begun = self._begun or xxh3_64()
        self._begun.update(part)
        if part.endswith(b"\n"):
            self._total += self._begun.intdigest()
            self._rows += 1
            self._begun = None

    @property
    def amount(self) -> Amount:
        """What all that came amounts to."""
        return _amount(self._rows, self._total)


class LargeObjectSum:
    """Adds up large objects, each hashed with its number, which tables know it by."""

    def __init__(self) -> None:
        self._total = self._count = 0
        self._open = xxh3_64()

    def begin(self, number: int) -> None:
        """The bytes that follow are this one's."""
        self._open = xxh3_64(b"%d:" % number)

    def add(self, pieces: Sequence[bytes]) -> None:
        """Its next bytes."""
        self.add_part(b"".join(pieces))

    def add_part(self, part: bytes) -> None:
        """Its next bytes."""
        self._open.update(part)

    def end(self) -> None:
        """That was all of it."""
        self._total += self._open.intdigest()
        self._count += 1

    @property
    def amount(self) -> Amount:
        """What all that were ended amount to."""
        return _amount(self._count, self._total)


def added(one: str, other: str) -> str:
    """The digest of what two digests are of, taken together."""
    return _amount(0, int(one, 16) + int(other, 16)).digest


def _amount(count: int, total: int) -> Amount:
    return Amount(count, f"{total & _MASK:032x}")
