"""A text as a reader or a browser takes it: other forms of a sign as that sign, and without signs that nobody sees.

Full-width digits and those of other scripts are digits, and an invisible space inside a number hides nothing. Letters
of another alphabet that only look alike stay what they are: a host that is written with them is another host.
"""

import re
import unicodedata
from collections import defaultdict
from functools import cache

import pyarrow
from pyarrow import compute

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
# Between the labels of a host name in Japanese or Chinese (UTS 46); elsewhere it ends a sentence.
_STOP = "\u3002"
_DOT = re.compile(f"(?<=[A-Za-z0-9]){_STOP}(?=[A-Za-z0-9])")
# Where other forms of letters and digits are: beyond are ideographs, Hangul and emoji.
_PLACES = (*range(0x80, 0x3400), *range(0xA600, 0xAC00), *range(0xFB00, 0x10000), *range(0x10400, 0x20000))


@cache
def _digits() -> dict[int, str]:
    """The decimal digits of every script, and what else NFKC leaves as it is."""
    found = {place: unicodedata.decimal(chr(place), None) for place in _PLACES}
    digits = {place: str(value) for place, value in found.items() if value is not None}
    return digits | {ord(sign): "-" for sign in _DASHES}


def plain(text: str) -> str:
    """The text with every sign in its plain form."""
    if text.isascii():
        return text
    return _DOT.sub(".", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).translate(_digits()))


@cache
def _disguised() -> str:
    """A pattern of the signs that turn into plain ones, as UTF-8: for lines that are not taken apart yet."""
    ends: dict[bytes, set[int]] = defaultdict(set)
    for place in _PLACES:
        sign, shown = chr(place), plain(chr(place))
        if (shown != sign and shown.isascii()) or shown == _STOP:
            ends[sign.encode()[:-1]].add(sign.encode()[-1])
    return "|".join(f"{_escaped(lead)}[{_escaped(bytes(sorted(last)))}]" for lead, last in ends.items())


def _escaped(found: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in found)


def plain_lines(lines: pyarrow.BinaryArray) -> pyarrow.BinaryArray:
    """The lines in plain signs; those in which there is none to be changed are not looked at again."""
    odd = compute.match_substring_regex(lines, _disguised())
    if not compute.any(odd).as_py():
        return lines
    shown = [plain(line.decode(errors="replace")).encode() for line in lines.filter(odd).to_pylist()]
    return compute.replace_with_mask(lines, odd, pyarrow.array(shown, pyarrow.binary()))
