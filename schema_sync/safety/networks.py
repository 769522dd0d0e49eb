"""IP addresses and hardware addresses that could be a machine's of somebody.

Nobody's are the ranges that are not routed: those for documentation (RFC 5737, RFC 3849), private and link-local ones,
loopback, multicast, and what is reserved (IANA's special-purpose registries). Of hardware addresses, those for
documentation (RFC 7042), locally administered ones and group addresses.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_interface, ip_network

from schema_sync.safety.hit import Hit, Kind
from schema_sync.safety.leaves import Leaf

_FOUR = re.compile(r"(?<![\w./#§-])(?<!v\. )((?:\d{1,3}\.){3}\d{1,3})(?:/\d{1,2})?(?![\w-]|\.\w)")
_SIX = re.compile(r"(?<![\w:.])([23][0-9a-f]{3}:[0-9a-f:]*:[0-9a-f:]*[0-9a-f:])(?![\w:])", re.IGNORECASE)
_HARDWARE = re.compile(r"(?<![\w:-])[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4,6}[0-9a-f]{2}(?![\w:-])", re.IGNORECASE)
# Numbers in four parts are also versions and sections: there the name says so, or every part is small.
_NO_ADDRESS = re.compile(r"\b(?:versions?|releases?|builds?|firmware|oid|section|chapter|clause|agent|tag|revision)\b")
_AN_ADDRESS = re.compile(r"\b(?:ips?|ipv4|inet|address(?:es)?|hosts?|server|client|remote|peer|gateway|nameserver)\b")
_SMALL = 32
_RESOLVERS = {"1.1.1.1", "8.8.8.8", "8.8.4.4", "9.9.9.9"}  # small, and better known as addresses
_BEFORE = re.compile(r"(?:v|version|release|build|firmware|section|chapter|oid)[ .:]*$", re.IGNORECASE)
_NEAR = 24  # signs before a number in which such a word may stand: not all of the text before each of its addresses
_FOR_DOCUMENTS = tuple(map(ip_network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")))
_NAMED = re.compile(r"\b(?:mac|hardware|ethernet|bssid|hwaddr)\b")
_DOCUMENTED = re.compile(r"00005e0053..|01005e9010..", re.IGNORECASE)


def somebodys(text: str) -> bool:
    """Whether the text is an address that is routed on the internet, or a network of such and no documentation's."""
    try:
        found = ip_interface(text)
    except ValueError:
        return False
    around = any(part.subnet_of(found.network) for part in _FOR_DOCUMENTS if part.version == found.version)  # type: ignore[arg-type]  # both are of one version
    return found.ip.is_global and not found.ip.is_multicast and not around


def addresses(leaf: Leaf) -> Iterator[Hit]:
    """The IP addresses that are routed; what looks like a version number is none."""
    if leaf.network:
        if somebodys(leaf.text):
            yield Hit(Kind.ADDRESS, leaf.text)
        return
    for found in _FOUR.finditer(leaf.text):
        if not _a_version(leaf, found) and somebodys(found[1]):
            yield Hit(Kind.ADDRESS, found[1])
    for found in _SIX.finditer(leaf.text):
        if somebodys(found[1]):
            yield Hit(Kind.ADDRESS, found[1])


def _a_version(leaf: Leaf, found: re.Match[str]) -> bool:
    if leaf.called(_NO_ADDRESS) or _BEFORE.search(leaf.text, max(found.start() - _NEAR, 0), found.start()):
        return True
    small = all(int(part) < _SMALL for part in found[1].split(".")) and found[1] not in _RESOLVERS
    return small and not leaf.called(_AN_ADDRESS)


def hardware(leaf: Leaf) -> Iterator[Hit]:
    """The addresses that a maker of network cards could have given; digits alone only where the name says so."""
    for found in _HARDWARE.finditer(leaf.text):
        digits = re.sub("[^0-9a-f]", "", found[0].lower())
        if not (leaf.hardware or leaf.called(_NAMED)) and digits.isdigit():
            continue
        if not int(digits[:2], 16) & 3 and not _DOCUMENTED.fullmatch(digits) and int(digits, 16):
            yield Hit(Kind.HARDWARE, found[0])
