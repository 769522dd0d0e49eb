"""Judging a trail by its seals: what was changed, removed, put in or moved, as sentences; decides on bytes alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from backups.signing import VerifyKey
from operations.audit.line import Sealed, begins_a_line, digest, over_torn, read_line, read_sealed


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
    texts = data.split(b"\n")
    texts = texts[:-1] if texts[-1] == b"" else texts
    found = [read_sealed(text) for text in texts]
    first = next((place for place, sealed in enumerate(found) if sealed), len(texts))
    sealed = tuple(item for item in found if item)
    before = [bool(read_line(text)) for text in texts[:first]]
    torn = _torn(texts, found, closed=data.endswith(b"\n"))
    return Chain(
        sealed=sealed,
        older=sum(before),
        halves=before.count(False) + len(torn),
        wrong=(
            *_wrong_start(data, sealed),
            *_without_seal(texts[:first], sealed, closed=data.endswith(b"\n")),
            *_wrong_links(sealed, torn),
            *_put_in(texts, found, first, torn),
        ),
    )


def wrong_signatures(chain: Chain, keys: Sequence[VerifyKey]) -> Iterator[str]:
    """Lines that none of the keys signed, though they carry a signature, or stand after one that does."""
    first = next((place for place, item in enumerate(chain.sealed) if item.signed), len(chain.sealed))
    unproven = [item for item in chain.sealed[first:] if not item.signed_by(keys)]
    yield from _told_together([item for item in unproven if item.signed], "signed by none of the verify keys")
    bare = "not signed, after others that are: put in, or of a run that could not read the key"
    yield from _told_together([item for item in unproven if not item.signed], bare)


def _told_together(found: Sequence[Sealed], what: str) -> Iterator[str]:
    if found:
        are, first = "is" if len(found) == 1 else "are", found[0]
        yield f"{lines(len(found))} {are} {what}, the first of them line {first.line.number} ({_where(first)})"


def _torn(texts: Sequence[bytes], found: Sequence[Sealed | None], *, closed: bool) -> Mapping[int, bytes]:
    """Lines that a crash cut short, by their place: sealed over by the next line, or unclosed at the file's end.

    Every other line without a seal was complete when the next one was written, and so is nobody's half line.
    """
    last: Sealed | None = None
    torn: dict[int, bytes] = {}
    for place, item in enumerate(found):
        if item is None and last and begins_a_line(texts[place]):
            following = found[place + 1] if place + 1 < len(found) else None
            unclosed = place + 1 == len(found) and not closed
            if unclosed or (following and following.line.before == over_torn(last.hash, texts[place])):
                torn[place] = texts[place]
        last = item or last
    return torn


def _wrong_start(data: bytes, sealed: Sequence[Sealed]) -> Iterator[str]:
    """What the first sealed line says stood before it, and does not."""
    if not sealed:
        return
    start, first = data.index(sealed[0].text), sealed[0]
    if first.line.number != 1:
        yield f"the trail begins with line {first.line.number}: {first.line.number - 1} lines before it were removed"
    elif digest(data[:start]) != first.line.before:
        yield "what stands before the first sealed line was changed or removed"


def _without_seal(before: Sequence[bytes], sealed: Sequence[Sealed], *, closed: bool) -> Iterator[str]:
    """Lines before the first seal that are not of a time before seals: these had no number, and can be read.

    Where nothing is sealed, a crash can have left half a line at the end alone: the next line seals over it.
    """
    told = [read_line(text) for text in before]
    if numbers := [line.number for line in told if line and line.number]:
        yield f"{lines(len(numbers))} lost the seal, the first of them line {numbers[0]}"
    if not sealed:
        half = int(bool(before) and not closed and begins_a_line(before[-1]))
        if unreadable := told[: len(told) - half].count(None):
            yield f"{lines(unreadable)} cannot be read, and there is no sealed one"


def _wrong_links(sealed: Sequence[Sealed], torn: Mapping[int, bytes]) -> Iterator[str]:
    for place, item in enumerate(sealed):
        if not item.whole:
            yield f"line {item.line.number} ({_where(item)}) was changed"
        if place:
            yield from _between(sealed[place - 1], item, torn)


def _between(one: Sealed, other: Sealed, torn: Mapping[int, bytes]) -> Iterator[str]:
    number, expected = other.line.number, one.line.number + 1
    if number > expected:
        missing = f"line {expected}" if number == expected + 1 else f"lines {expected} to {number - 1}"
        yield f"{missing} before line {number} ({_where(other)}) removed or moved"
    elif number < expected:
        yield f"line {number} ({_where(other)}) stands after line {one.line.number}: moved, or put in twice"
    elif other.line.before not in (one.hash, *(over_torn(one.hash, text) for text in torn.values())):
        yield f"line {number} ({_where(other)}) does not follow from line {one.line.number}: one of them was replaced"


def _put_in(
    texts: Sequence[bytes], found: Sequence[Sealed | None], first: int, torn: Mapping[int, bytes]
) -> Iterator[str]:
    """Lines after the first sealed one that have no seal, and that no crash left: nobody of ours writes them."""
    before = "the first sealed line"
    for place in range(first, len(texts)):
        line = None if found[place] else read_line(texts[place])
        if item := found[place]:
            before = f"line {item.line.number}"
        elif line:
            yield f'a line of run {line.run} at {line.at:%Y-%m-%d %H:%M:%S}, step "{line.step}", has no seal: put in'
        elif place not in torn:
            yield f"a line that cannot be read stands after {before}: put in, or made unreadable"


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


def lines(count: int) -> str:
    """So many lines, in words."""
    return "1 line" if count == 1 else f"{count} lines"
