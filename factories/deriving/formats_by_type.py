"""What to try for the types that are neither text, moments nor JSON."""

from collections.abc import Iterator

from factories.deriving.shapes import shapes
from factories.recipe import Recipe
from factories.values.networks import Member, Subnet, Subnet6, is_network
from factories.values.numbers import RowNumber
from factories.values.structures import Around, Bytes, Uuid, Vector
from factories.values.texts import Sentence
from factories.values.times import Interval

LONGEST_LIST = 32
_MOST_BYTES = 4096
_WIDEST_VECTOR = 4096


def formats_by_type(base: str, literals: tuple[str, ...], mined: tuple[int, ...]) -> Iterator[Recipe]:
    """What to try for the types that are neither text, moments nor JSON."""
    match base:
        case "interval":
            yield from (Interval(True, unit) for unit in ("hours", "days", "months"))
        case "bytea":
            yield from _bytes(literals, mined)
        case "uuid":
            yield from (Uuid(version) for version in mined if 0 < version < 9)
        case "cidr" | "inet":
            yield from _networks(base, literals, mined)
        case "vector" | "halfvec":
            yield from (Vector(size) for size in mined if 0 < size <= _WIDEST_VECTOR)
        case "ltree":
            yield from _branches(literals, mined)
        case "xml":
            yield from (_elements(text) for text in literals if text.startswith("/"))
        case _:
            yield from _words(base)
            yield from shapes(base, literals, mined)


def _words(base: str) -> Iterator[Recipe]:
    """Several words at once, for a text search."""
    if base in _BETWEEN_WORDS:
        yield from (Sentence(("{noun}", *[_BETWEEN_WORDS[base], "{noun}"] * n)) for n in (1, 2, 4, 8))


_BETWEEN_WORDS = {"tsvector": " ", "tsquery": " & "}


def _branches(literals: tuple[str, ...], mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Labels beneath those mentioned, as deep as any number that is mentioned."""
    fixed = dict.fromkeys(text.partition("*")[0].rstrip(".") for text in literals)  # of `top.*`, which is an lquery
    tops = [text for text in fixed if text.replace(".", "").replace("_", "").isalnum() and not text.isdecimal()]
    for top in ("", *(f"{text}." for text in tops)):
        levels = dict.fromkeys((*(depth - top.count(".") for depth in mined), 1))
        yield from (Around(f"{top}{'n.' * (n - 1)}n", RowNumber(), "") for n in levels if 0 < n <= LONGEST_LIST)


def _elements(path: str) -> Recipe:
    """A document with the elements of an XPath, one within the other."""
    names = [name for name in path.split("/") if name.isidentifier()]
    return Around("".join(f"<{n}>" for n in names), RowNumber(), "".join(f"</{n}>" for n in reversed(names)))


def _networks(base: str, literals: tuple[str, ...], mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Members of the networks mentioned, then networks and addresses with the prefixes mentioned and usual ones."""
    for text in literals:
        if is_network(text):
            yield from (Member(text, network) for network in (base == "cidr", base != "cidr"))
    masks = dict.fromkeys((*mined, 24, 16, 32))
    yield from (Subnet(bits, host) for bits in masks if 8 < bits <= 32 for host in (False, True))
    yield from (Subnet6(base == "inet"), Subnet6(base != "inet"))


def _bytes(literals: tuple[str, ...], mined: tuple[int, ...]) -> Iterator[Recipe]:
    """Bytes of every length mentioned, each also with a constant of the constraint at its beginning."""
    begins = [bytes.fromhex(text[2:]) for text in literals if text.startswith("\\x") and len(text) % 2 == 0]
    begins += [bytes((size,)) for size in mined if size < 256]
    for length in (length for length in mined if 0 < length <= _MOST_BYTES):
        yield from (Bytes(length, begin) for begin in (b"", *begins) if len(begin) <= length)
