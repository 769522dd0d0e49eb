"""Networks and addresses within them: which columns a condition ties, and that every value lies where it has to."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network

import numpy
import pytest

from catalog.model import DataType, TableName
from database.copy.copying import as_text
from factories.conditions.containment import contained
from factories.recipe import Recipe, TableRecipe
from factories.values.networks import Address, Enclosing, Inside, Member, Subnet, Subnet6, is_network
from factories.values.numbers import Constant
from factories.world import World

HOSTS = TableName("public", "hosts")
INET = DataType("inet", "inet")


def made(rows: int, **recipes: Recipe) -> dict[str, list[str]]:
    world = World(1, datetime(2026, 3, 1, tzinfo=UTC), timedelta())
    world.put(TableRecipe(HOSTS, rows, dict.fromkeys(recipes, INET), recipes, {}))
    frame = world.frame(HOSTS, numpy.arange(rows, dtype=numpy.uint64))
    return {name: as_text(frame.column(name)).to_pylist() for name in recipes}


@pytest.mark.parametrize(
    ("condition", "pairs"),
    [
        ("address << (network)::inet", [("address", "network")]),
        ("network >>= address OR address IS NULL", [("address", "network")]),
        ("a << b AND b <<= c", [("a", "b"), ("b", "c")]),
        ("a << '10.0.0.0/8'", []),
        ("a = b", []),
        ("no condition at all", []),
    ],
)
def test_who_lies_in_whom_is_read_from_a_condition(condition: str, pairs: list[tuple[str, str]]) -> None:
    """The inner column first, whichever way round it is written."""
    assert list(contained(condition)) == pairs


@pytest.mark.parametrize("outer", [Subnet(24), Subnet(30), Subnet(31), Subnet6(), Constant("2001:db8::/127")])
def test_an_address_lies_in_its_rows_network(outer: Recipe) -> None:
    """Of either family and any size, and in none of a row's that has no network."""
    found = made(300, network=outer, address=Inside("network", False, Address()))
    for network, address in zip(found["network"], found["address"], strict=True):
        assert ip_address(address) in ip_network(network)
    alone = made(9, network=Constant(None), address=Inside("network", False, Constant("192.0.2.1")))
    assert set(alone["address"]) == {"192.0.2.1"}


@pytest.mark.parametrize("outer", [Subnet(24), Subnet(30), Subnet6()])
def test_a_smaller_network_lies_in_its_rows_network(outer: Recipe) -> None:
    """It is a network itself, without bits of a host."""
    found = made(300, network=outer, part=Inside("network", True, Address(network=True)))
    for network, part in zip(found["network"], found["part"], strict=True):
        assert ip_network(part).prefixlen > ip_network(network).prefixlen
        assert ip_network(part).subnet_of(ip_network(network))  # type: ignore[arg-type]  # both are of one family


@pytest.mark.parametrize("address", [Address(), Address(distinct=True)])
def test_a_network_lies_around_its_rows_address(address: Recipe) -> None:
    """And is wider by as many bits as it is told."""
    found = made(300, address=address, network=Enclosing("address", 8, Address(network=True)))
    for one, network in zip(found["address"], found["network"], strict=True):
        assert ip_address(one.replace("::0:", "::")) in ip_network(network)
        assert ip_network(network).max_prefixlen - ip_network(network).prefixlen == 8


@pytest.mark.parametrize(
    ("within", "network"), [("10.20.0.0/20", False), ("10.0.0.0/8", True), ("192.0.2.4/30", False)]
)
def test_members_of_a_fixed_network_are_different_as_far_as_there_are_any(within: str, network: bool) -> None:
    """None of them is outside, and none is the network's own address."""
    recipe = Member(within, network)
    found = made(min(recipe.capacity, 2000), member=recipe)["member"]
    assert len(set(found)) == len(found)
    assert all(ip_network(text).subnet_of(ip_network(within)) for text in found)  # type: ignore[arg-type]  # one family
    assert network or within.partition("/")[0] not in found


def test_what_is_a_network_is_told_by_its_prefix() -> None:
    """An address, a lone host and a word are none."""
    assert [is_network(text) for text in ("10.0.0.0/8", "10.0.0.0/32", "10.0.0.1", "a/b", "::/0", "10.0.0.7/24")] == [
        True, False, False, False, True, True,
    ]  # fmt: skip
