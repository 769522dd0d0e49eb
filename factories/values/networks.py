"""Network and hardware addresses: of documentation ranges, of private networks, and within a network that is told."""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_interface

import numpy
import pyarrow
from pyarrow import compute

from database.copy.copying import as_text
from factories.recipe import Recipe
from factories.values.coded import Coded, Text, array, joined
from factories.values.codes import counted
from factories.values.randomness import permuted
from factories.world import Draw

_NETS = ("192.0.2.", "198.51.100.", "203.0.113.")
_HOSTS = tuple(str(host) for host in range(1, 255))


@dataclass(frozen=True, slots=True)
class Address:
    """An address in the documentation ranges (RFC 5737, RFC 3849); distinct ones are IPv6, injective."""

    distinct: bool = False
    network: bool = False
    label: str = "documentation IP address"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Addresses as text; networks have their prefix length."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        rows = draw.rows + numpy.uint64(1)
        if not self.distinct:
            ending = "/32" if self.network else ""
            return joined(Coded(_NETS, draw.below(len(_NETS))), Coded(_HOSTS, draw.below(len(_HOSTS), 1)), ending)
        hexadecimal = "0123456789abcdef"
        high = counted(rows >> numpy.uint64(16), hexadecimal)
        low = counted(rows & numpy.uint64(0xFFFF), hexadecimal)
        ending = "/128" if self.network else ""
        return compute.binary_join_element_wise("2001:db8::", high, ":", low, ending, "")


@dataclass(frozen=True, slots=True)
class Subnet:
    """A private network with a prefix of so many bits, from 10.0.0.0/8 (RFC 1918), each its own. Injective.

    `host` gives an address in it instead of the network.
    """

    bits: int
    host: bool = False
    label: str = "private network"

    @property
    def capacity(self) -> int:
        """How many different networks there are."""
        return int(2 ** (self.bits - 8))

    @property
    def longest(self) -> int:
        """How many signs one has at most."""
        return len("10.255.255.255" if self.host and self.bits == 32 else "10.255.255.255/32")

    def values(self, draw: Draw) -> pyarrow.Array:
        """Networks as text, `10.1.2.0/24`."""
        free = numpy.uint64(32 - self.bits)
        rows = draw.rows + numpy.uint64(self.host and self.bits == 32)  # 10.0.0.0 is nobody's address
        number = (rows % numpy.uint64(self.capacity) << free) + numpy.uint64(self.host and self.bits < 32)
        parts = [
            pyarrow.array(number >> numpy.uint64(8 * n) & numpy.uint64(255)).cast(pyarrow.string()) for n in (2, 1, 0)
        ]
        ending = "" if self.host and self.bits == 32 else f"/{self.bits}"
        return compute.binary_join_element_wise(compute.binary_join_element_wise("10", *parts, "."), ending, "")


@dataclass(frozen=True, slots=True)
class Hardware:
    """A hardware address in the range for documentation (RFC 7042). Injective as far as there are any."""

    long: bool = False
    label: str = "documentation hardware address"

    @property
    def capacity(self) -> int:
        """How many there are."""
        return 2**24

    @property
    def longest(self) -> int:
        """How many signs an address has."""
        return 23 if self.long else 17

    def values(self, draw: Draw) -> pyarrow.Array:
        """Addresses whose last three bytes are the row number, locally administered beyond the reserved block."""
        rows = draw.rows
        parts = [counted((rows >> numpy.uint64(8 * n)) & numpy.uint64(255), "0123456789abcdef", 2) for n in (2, 1, 0)]
        head = "02:00:5e:ff:fe" if self.long else "02:00:5e"
        return compute.binary_join_element_wise(head, *parts, ":")


@dataclass(frozen=True, slots=True)
class Subnet6:
    """A network of 64 bits out of 2001:db8::/32 (RFC 3849), each its own. Injective.

    `host` gives an address in it instead of the network.
    """

    host: bool = False
    label: str = "documentation IPv6 network"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Networks as text, `2001:db8:0:1::/64`."""
        high = counted(draw.rows >> numpy.uint64(16), "0123456789abcdef")
        low = counted(draw.rows & numpy.uint64(0xFFFF), "0123456789abcdef")
        return compute.binary_join_element_wise("2001:db8:", high, ":", low, "::1" if self.host else "::/64", "")


_SUBNET_BITS = 8  # how much longer the prefix of a network within another is
_MOST = 2**32


@dataclass(frozen=True, slots=True)
class Member:
    """An address (or a smaller `network`) of a fixed network. Injective as far as there are any."""

    within: str
    network: bool = False
    label: str = "address within a network"

    @property
    def capacity(self) -> int:
        """How many there are, or are used."""
        return min(_size(_parsed(self.within), self.network), _MOST)

    def values(self, draw: Draw) -> pyarrow.Array:
        """Addresses as text."""
        known = _parsed(self.within)
        numbers = permuted(draw.key, draw.rows, self.capacity).tolist()
        return pyarrow.array([_member(known, self.network, number) for number in numbers], pyarrow.string())


@dataclass(frozen=True, slots=True)
class Inside:
    """An address (or a smaller `network`) of the network in another column; `otherwise` where that has none.

    `counted` takes them by the row's number, so that they come twice only in networks with few.
    """

    column: str
    network: bool
    otherwise: Recipe
    counted: bool = False

    @property
    def label(self) -> str:
        """Which column's network it lies in."""
        return f"{'network' if self.network else 'address'} within {self.column}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Addresses as text."""
        within = as_text(draw.column(self.column))
        numbers = (draw.rows if self.counted else draw.bits()).tolist()
        made = [
            _member(_parsed(text), self.network, number) if text is not None else None
            for text, number in zip(within.to_pylist(), numbers, strict=True)
        ]
        found = pyarrow.array(made, pyarrow.string())
        return compute.coalesce(found, as_text(self.otherwise.values(draw))) if found.null_count else found


@dataclass(frozen=True, slots=True)
class Enclosing:
    """The network around the address in another column, its prefix so many bits shorter.

    Where that has no address, `otherwise`.
    """

    column: str
    wider: int
    otherwise: Recipe

    @property
    def label(self) -> str:
        """Which column's address lies in it."""
        return f"network around {self.column}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Networks as text."""
        known = as_text(draw.column(self.column)).to_pylist()
        made = [str(_supernet(text, self.wider)) if text is not None else None for text in known]
        found = pyarrow.array(made, pyarrow.string())
        return compute.coalesce(found, as_text(self.otherwise.values(draw))) if found.null_count else found


_Network = IPv4Network | IPv6Network


@lru_cache(maxsize=65536)
def _parsed(text: str) -> _Network:
    return ip_interface(text).network


def is_network(text: str) -> bool:
    """Whether the text is a network with room for addresses."""
    try:
        return "/" in text and _parsed(text).num_addresses > 1
    except ValueError:
        return False


def _supernet(text: str, wider: int) -> _Network:
    known = _parsed(text)
    return known.supernet(new_prefix=max(known.prefixlen - wider, 0))


def _free(known: _Network, network: bool) -> int:
    """The bits in which members differ."""
    free = known.max_prefixlen - known.prefixlen
    return min(free, _SUBNET_BITS) if network else free


def _size(known: _Network, network: bool) -> int:
    """How many members there are; of hosts without the first and the last, which stand for the network itself."""
    free = _free(known, network)
    return int(2**free - (2 if not network and free > 1 else 0))


def _member(known: _Network, network: bool, number: int) -> str:
    free, place = _free(known, network), number % _size(known, network)
    address: type[IPv4Address | IPv6Address] = type(known.network_address)
    start = int(known.network_address)
    if not network:
        return str(address(start + place + (1 if free > 1 else 0)))
    prefix = known.prefixlen + free
    return f"{address(start + (place << known.max_prefixlen - prefix))}/{prefix}"
