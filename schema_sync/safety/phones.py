"""Phone numbers that could ring somewhere: valid ones, as Google's libphonenumber knows them, not kept for fiction.

Kept for fiction are, as +E.164: North America's 555-0100 to 0199; Ofcom's numbers for drama; the Bundesnetzagentur's,
ARCEP's, the Swedish PTS's and ACMA's for films and books.
"""

import re
from collections.abc import Iterator

import phonenumbers

from schema_sync.safety.hit import Hit, Kind
from schema_sync.safety.leaves import Leaf

NAMED = re.compile(
    r"\b(?:(?:tele)?(?:phone|fax)|mobile|tel|cell|msisdn|whatsapp|telefon|handy|sms)"
    r"(?: ?(?:number|no|nr|num))?(?: \d)?$"
)
_INTERNATIONAL = re.compile(r"(?<![\w+])\+[1-9](?:[ ().\-/]{0,2}\d){7,14}(?![\d])")
_PREFIXED = re.compile(r"(?<![\w+.,-])00([1-9]\d{0,2}[ ./-]\(?\d(?:[ ().\-/]{0,2}\d){5,11})(?!\d)")
_NATIONAL = re.compile(
    r"(?<![\w(])\(\d{3}\) ?\d{3}[ -]\d{4}(?!\d)|(?<![\w.+/-])[2-9]\d\d([.-])[2-9]\d\d\1\d{4}(?![\w/-]|\.\w)"
)
_CALLED = re.compile(r"\btel:(\+?[\d().\-]{7,20})")
_DIGITS = re.compile(r"[+\d][\d ().\-/]{5,22}\d")
_LONG = 10  # digits with which a number may begin with its country though no + says so
_FICTION = re.compile(
    r"\+(?:1[2-9]\d{2}55501\d\d"
    r"|44(?:1632960\d{3}|11[3-8]4960\d{3}|1[2-6]14960\d{3}|2079460\d{3}|1914980\d{3}|2896496\d{3}|2890180\d{3}|2920180\d{3}"
    r"|7700900\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3})"
    r"|49(?:30|40|69|89|221)(?:23125|66969|90009|99998|4710)\d{3}"
    r"|49(?:15228817386|15228895456|15254599371|17139200\d\d|1729925904|1729968532|176040690\d\d)"
    r"|33(?:19900|26191|35301|46571|53649|63998)\d{4}"
    r"|46(?:3139006\d\d|4062804\d\d|8465004\d\d|9803192\d\d|701740(?:60[5-9]|6[1-9]\d))"
    r"|61(?:[2378](?:5550|7010)\d{4}|49157\d{4}|1?800975\d{3}|1?300975\d{3}))"
)


def phones(leaf: Leaf, country: str = "US") -> Iterator[Hit]:
    """The numbers that could be somebody's; where the name says that it is one, without the country's prefix, too."""
    for text in _written(leaf):
        dialled = [whole for region in (None, "US", country) if (whole := _dialled(text, region))]
        american = f"+1{re.sub('[^0-9+]', '', text).removeprefix('1')}"  # even if no part of America has that code
        if dialled and not any(_FICTION.fullmatch(whole) for whole in (american, *dialled)):
            yield Hit(Kind.PHONE, text)
            return


def _written(leaf: Leaf) -> Iterator[str]:
    yield from (found[0] for found in _INTERNATIONAL.finditer(leaf.text))
    yield from (f"+{found[1]}" for found in _PREFIXED.finditer(leaf.text))
    yield from (found[0] for found in _NATIONAL.finditer(leaf.text))
    yield from (found[1] for found in _CALLED.finditer(leaf.text))
    if leaf.called(NAMED):
        for found in _DIGITS.finditer(leaf.text):
            yield found[0]
            digits = re.sub(r"\D", "", found[0])
            if len(digits) > _LONG and "+" not in found[0]:
                yield f"+{digits}"


def _dialled(text: str, region: str | None) -> str:
    """The whole number that is rung by dialling the text there; empty if that is none's."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return ""
    valid = phonenumbers.is_valid_number(number)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if valid else ""
