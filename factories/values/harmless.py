"""Patterns that could give somebody's number or key, narrowed to what is nobody's, where the pattern leaves the choice.

A CHECK may ask for nothing but sixteen digits, and one such number in fifty is a card's. What is nobody's: numbers that
no issuer begins with, or that payment providers publish for tests; calling code 999, which no country has; 555-0100 to
0199; social security numbers from 000 or 666; accounts in XX, which is no country, or at a bank 0000; hardware
addresses made locally; networks that are not routed; keys that say "fake".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import hexdigits

_SETS = {"?": "", "N": "23456789", "B": "01"}  # signs of templates: any, or one of these
_ABROAD = ("999", "1???55501??")
# Codes of North America's first plan, all of them in use: others are no code there, and so may be a number elsewhere.
_AT_HOME = ("NBN55501??", "???55501??")
_PERSON = ("000", "666")
_CARD = ("9", "0", "400000", "555555", "601111", "378282")
_CARD_DIGITS = range(13, 20)
_PHONE_DIGITS = range(7, 16)
_KEY = 16  # letters and digits one after the other that may be a key
_FAKE = ("fake", "FAKE")
_IBAN = re.compile("LLdd[Ld~]{11}")  # two capital letters, two digits, and enough of both
_OCTETS = r"\.d{1,3}\.d{1,3}\.d{1,3}$"
_FORMS = (  # what is told by its form alone, with what its first signs may be
    (_IBAN, ("XX", "????0000")),
    (re.compile(r"[hd]{2}([: ])(?:[hd]{2}\1){4}[hd]{2}(?:\1[hd]{2}){0,2}$"), ("02",)),  # made locally
    (re.compile(f"d{_OCTETS}"), ("0",)),
    (re.compile(f"dd{_OCTETS}"), ("10",)),
    (re.compile(f"ddd{_OCTETS}"), ("127",)),
)

Slots = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """Digits one after the other, by their slots; parted by blanks or hyphens into groups of these sizes."""

    places: tuple[int, ...]
    groups: tuple[int, ...]
    after: str

    def templates(self) -> tuple[str, ...]:
        """How the digits may begin so that they are nobody's, the best first."""
        count = len(self.places)
        if self.after == "+" and count in _PHONE_DIGITS:
            return tuple(template for template in _ABROAD if "?" not in template or len(template) == count)
        if self.groups == (3, 2, 4):
            return _PERSON
        if self.groups == (3, 3, 4):
            return _AT_HOME
        return _CARD if count in _CARD_DIGITS else ()


def harmless(slots: Slots) -> Slots:
    """The slots with fewer choices, where all of them could make something of somebody's; else as they are."""
    for run in _runs(slots):
        slots = _first_that_fits(slots, run.places, run.templates())
    signs = "".join(_sign(slot) for slot in slots)
    for form, templates in _FORMS:
        if form.match(signs):
            return _first_that_fits(slots, range(len(slots)), templates)
    for places in _keys(slots):
        slots = _first_that_fits(slots, places, _FAKE)
    return slots


def _first_that_fits(slots: Slots, places: Sequence[int], templates: Sequence[str]) -> Slots:
    for template in templates:
        asked = {place: _SETS.get(sign, sign) for place, sign in zip(places, template, strict=False)}
        left = {place: tuple(c for c in slots[place] if c in signs) for place, signs in asked.items() if signs}
        if all(left.values()):
            return tuple(left.get(place, slot) for place, slot in enumerate(slots))
    return slots


def _runs(slots: Slots) -> Iterator[_Run]:
    """The longest runs of digits; a bracket beside a group counts as what parts it."""
    signs = "".join(_sign(slot) for slot in slots)
    start = 0
    while start < len(signs):
        if signs[start] != "d":
            start += 1
            continue
        end = start
        while end < len(signs) and (signs[end] in "d " or signs[end : end + 2] == ") "):
            end += 1
        groups = [len(part) for part in signs[start:end].replace(")", " ").split()]
        places = tuple(place for place in range(start, end) if signs[place] == "d")
        yield _Run(places, tuple(groups), signs[start - 1 : start])
        start = end


def _sign(slot: tuple[str, ...]) -> str:
    """`d` for digits, `h` for hexadecimal ones, `L` for capital letters, what parts numbers as it is, else `~`."""
    if all(len(choice) == 1 and choice.isdigit() for choice in slot):
        return "d"
    if all(len(choice) == 1 and "A" <= choice <= "Z" for choice in slot):
        return "L"
    if set(slot) >= set("09af") or set(slot) >= set("09AF"):
        return "h" if all(choice in hexdigits for choice in slot) else "~"
    if ":" in slot and set(slot) <= {":", "-"}:
        return ":"
    if set(slot) <= {" ", "-"}:
        return " "
    return slot[0] if len(slot) == 1 and slot[0] in "+()." else "~"


def _keys(slots: Slots) -> Iterator[list[int]]:
    """Runs of free letters and digits that are long enough for a key; fixed letters before them name its maker."""
    run: list[int] = []
    for place, slot in enumerate((*slots, ())):
        if len(slot) > len("0123456789") and all(len(choice) == 1 and choice.isalnum() for choice in slot):
            run.append(place)
            continue
        if len(run) >= _KEY:
            yield run
        run = []
