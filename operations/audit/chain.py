"""Judging a trail by its seals: what was changed, removed, put in or moved, as sentences; decides on bytes alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from operations.audit.line import Sealed, digest, read_line, read_sealed


@dataclass(frozen=True, slots=True)
class Chain:
    """What a trail's file holds: its sealed lines in their order, what is wrong with them, and what is only told.

    `older` counts lines from before the first seal, `halves` those that a crash cut short.
    """

    sealed: tuple[Sealed, ...]
    older: int
    halves: int
    wrong: tuple[str, ...]

    @property
    def name(self) -> str:
        """What tells this trail from any other: how its first hash begins; empty without a sealed line."""
        return self.sealed[0].hash[:16] if self.sealed else ""

    @property
    def last(self) -> int:
        """The last line's number, 0 without a sealed line."""
        return self.sealed[-1].line.number if self.sealed else 0


def read_chain(data: bytes) -> Chain:
    """The chain in a trail's bytes, judged line by line."""
    texts = [text for text in data.split(b"\n") if text]
    found = [read_sealed(text) for text in texts]
    first = next((place for place, sealed in enumerate(found) if sealed), len(texts))
    sealed = tuple(item for item in found if item)
    unsealed = [bool(read_line(text)) for text, item in zip(texts, found, strict=True) if not item]
    return Chain(
        sealed=sealed,
        older=sum(unsealed[:first]),
        halves=unsealed.count(False),
        wrong=(*_wrong_start(data, sealed), *_wrong_links(sealed), *_put_in(texts[first:])),
    )


def _wrong_start(data: bytes, sealed: Sequence[Sealed]) -> Iterator[str]:
    """What the first sealed line says stood before it, and does not."""
    if not sealed:
        return
    start, first = data.index(sealed[0].text), sealed[0]
    if first.line.number != 1:
        yield f"the trail begins with line {first.line.number}: {first.line.number - 1} lines before it were removed"
    elif digest(data[:start]) != first.line.before:
        yield "what stands before the first sealed line was changed or removed"


def _wrong_links(sealed: Sequence[Sealed]) -> Iterator[str]:
    for place, item in enumerate(sealed):
        if not item.whole:
            yield f"line {item.line.number} ({_where(item)}) was changed"
        if place:
            yield from _between(sealed[place - 1], item)


def _between(one: Sealed, other: Sealed) -> Iterator[str]:
    number, expected = other.line.number, one.line.number + 1
    if number > expected:
        missing = f"line {expected}" if number == expected + 1 else f"lines {expected} to {number - 1}"
        yield f"{missing} before line {number} ({_where(other)}) removed or moved"
    elif number < expected:
        yield f"line {number} ({_where(other)}) stands after line {one.line.number}: moved, or put in twice"
    elif other.line.before != one.hash:
        yield f"line {number} ({_where(other)}) does not follow from line {one.line.number}: one of them was replaced"


def _put_in(texts: Sequence[bytes]) -> Iterator[str]:
    """Readable lines without a seal after the first that has one: nobody of ours writes them."""
    for text in texts:
        line = None if read_sealed(text) else read_line(text)
        if line:
            yield f'a line of run {line.run} at {line.at:%Y-%m-%d %H:%M:%S}, step "{line.step}", has no seal: put in'


def _where(item: Sealed) -> str:
    return f"{item.line.at:%Y-%m-%d %H:%M:%S}, {item.line.job} {item.line.run}"


def against_copy(chain: Chain, copied: Mapping[int, Sequence[bytes]]) -> tuple[str, ...]:
    """What the file lacks or has otherwise than its copy; `copied` has a line's bytes, several if copies differ."""
    here = {item.line.number: item.text for item in chain.sealed}
    return tuple(_differences(here, copied))


def _differences(here: Mapping[int, bytes], copied: Mapping[int, Sequence[bytes]]) -> Iterator[str]:
    end, copy_end = max(here, default=0), max(copied, default=0)
    if copy_end > end:
        yield f"the end was cut off: the copy goes on to line {copy_end}, and the file ends with line {end}"
    if within := sorted(number for number in copied if number not in here and number < end):
        gone = f"{len(within)} lines that the copy has are gone, the first of them line {within[0]}"
        yield gone if len(within) > 1 else f"line {within[0]}, which the copy has, is gone"
    if other := sorted(number for number, texts in copied.items() if number in here and {here[number]} != set(texts)):
        differ = f"{len(other)} lines differ from their copy, the first of them line {other[0]}"
        yield differ if len(other) > 1 else f"line {other[0]} differs from its copy"
