"""Card numbers, IBANs and social security numbers, by their check digits and by who gives them out."""

import re
from collections.abc import Iterator

from schema_sync.safety.hit import Hit, Kind
from schema_sync.safety.leaves import Leaf

NAMED_CARD = re.compile(r"\b(?:card|visa)\b")
_CARD = re.compile(
    r"(?<![\w.+-])(?:\d{14,19}|\d{4}([ .-])\d{4}\1\d{4}\1\d{3,4}(?:\1\d{3})?|\d{4}([ .-])\d{6}\2\d{4,5})(?![\w-]|\.\d)"
)
_SHORT = re.compile(r"(?<!\d)4\d{12}(?!\d)")  # Visa's old form: elsewhere as long as a bar code or a moment
# Issuers and the lengths of their numbers (ISO/IEC 7812): Visa, Mastercard, American Express, Diners, Discover, JCB,
# UnionPay, Maestro, Mir.
_ISSUED = re.compile(
    r"4\d{15}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}"
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50(?:18|20|38)|5893|6304|6759|676[1-3])\d{12,15}"
    r"|220[0-4]\d{12}"
)
# What payment providers publish for tests, and no bank gives out (Stripe, Adyen, Braintree: "test card numbers").
TEST_CARDS = frozenset(
    [
        "4222222222222",
        "4242424242424242",
        "4111111111111111",
        "4000056655665556",
        "4012888888881881",
        "4000000000000002",
        "4000000000003220",
        "4000002500003155",
        "4000002760003184",
        "4000000000009995",
        "4000000000000077",
        "5555555555554444",
        "2223003122003222",
        "5200828282828210",
        "5105105105105100",
        "5454545454545454",
        "2223000048410010",
        "378282246310005",
        "371449635398431",
        "378734493671000",
        "370000000000002",
        "6011111111111117",
        "6011000990139424",
        "6011981111111113",
        "3056930009020004",
        "36227206271667",
        "30569309025904",
        "38520000023237",
        "3566002020360505",
        "3530111333300000",
    ]
)
_TEST_ISSUERS = ("400000", "411111", "424242", "555555", "601111", "378282")  # with which such numbers begin
# SWIFT's registry of IBANs: each country with its length.
_LENGTHS = {
    entry[:2]: int(entry[2:])
    for entry in [
        "AD24",
        "AE23",
        "AL28",
        "AT20",
        "AZ28",
        "BA20",
        "BE16",
        "BG22",
        "BH22",
        "BI27",
        "BR29",
        "BY28",
        "CH21",
        "CR22",
        "CY28",
        "CZ24",
        "DE22",
        "DJ27",
        "DK18",
        "DO28",
        "EE20",
        "EG29",
        "ES24",
        "FI18",
        "FK18",
        "FO18",
        "FR27",
        "GB22",
        "GE22",
        "GI23",
        "GL18",
        "GR27",
        "GT28",
        "HN28",
        "HR21",
        "HU28",
        "IE22",
        "IL23",
        "IQ23",
        "IS26",
        "IT27",
        "JO30",
        "KW30",
        "KZ20",
        "LB28",
        "LC32",
        "LI21",
        "LT20",
        "LU20",
        "LV21",
        "LY25",
        "MC27",
        "MD24",
        "ME22",
        "MK19",
        "MN20",
        "MR27",
        "MT31",
        "MU30",
        "NI28",
        "NL18",
        "NO15",
        "OM23",
        "PK24",
        "PL28",
        "PS29",
        "PT25",
        "QA29",
        "RO24",
        "RS22",
        "RU33",
        "SA24",
        "SC31",
        "SD18",
        "SE24",
        "SI19",
        "SK24",
        "SM27",
        "SO23",
        "ST25",
        "SV28",
        "TL23",
        "TN24",
        "TR26",
        "UA29",
        "VA22",
        "VG24",
        "XK20",
        "YE30",
    ]
}
TEST_IBANS = frozenset({"DE89370400440532013000", "GB82WEST12345698765432", "GB29NWBK60161331926819"})
_IBAN = re.compile(
    "(?<![A-Za-z0-9])(?:"
    + "|".join(
        rf"{country}\d\d(?:[ -]?[A-Z0-9]{{4}}){{{length // 4 - 1}}}(?:[ -]?[A-Z0-9]{{{length % 4}}})"
        for country, length in _LENGTHS.items()
    )
    + ")(?![A-Za-z0-9])",
    re.ASCII | re.IGNORECASE,
)
COUNTRIES = "|".join(_LENGTHS)
_NO_BANK = re.compile(r"(?:CZ|DE|ES|FR|HU|PL|PT|SK)\d\d0000")  # no bank there has a number that begins so
_WHOLE = 97  # ISO 7064, MOD 97-10
NAMED = re.compile(r"\b(?:ssn|social security(?: number| no)?|social insurance number)\b")
_PERSON = re.compile(r"(?<!\d)(?!000|666|9)(\d{3})-?(?!00)(\d{2})-?(?!0000)(\d{4})(?!\d)")


def cards(leaf: Leaf) -> Iterator[Hit]:
    """The card numbers of known issuers but the test cards; one in ten random numbers of that form is sound."""
    for found in _CARD.finditer(leaf.text):
        digits = re.sub(r"\D", "", found[0])
        if _ISSUED.fullmatch(digits) and digits not in TEST_CARDS and not digits.startswith(_TEST_ISSUERS):
            yield Hit(Kind.CARD, found[0], sound=_luhn(digits))
    for found in _SHORT.finditer(leaf.text) if leaf.called(NAMED_CARD) else ():
        if found[0] not in TEST_CARDS and not found[0].startswith(_TEST_ISSUERS):
            yield Hit(Kind.CARD, found[0], sound=_luhn(found[0]))


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812, annex B: every second digit from the right is doubled."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(map(int, digits[::-2]))) % 10 == 0


def ibans(leaf: Leaf) -> Iterator[Hit]:
    """The account numbers with the length of their country; one in 97 random ones of that form is sound."""
    for found in _IBAN.finditer(leaf.text):
        whole = re.sub("[ -]", "", found[0]).upper()
        if whole not in TEST_IBANS and not _NO_BANK.match(whole):
            turned = "".join(str(int(sign, 36)) for sign in whole[4:] + whole[:4])
            yield Hit(Kind.IBAN, found[0], sound=int(turned) % _WHOLE == 1)


def persons(leaf: Leaf) -> Iterator[Hit]:
    """The social security numbers of the United States that could have been given out, where the name says so."""
    if leaf.called(NAMED):
        yield from (Hit(Kind.PERSON, found[0]) for found in _PERSON.finditer(leaf.text))
