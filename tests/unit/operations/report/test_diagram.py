"""The entity diagram: the same for the same schema, nothing on top of anything, at 500 tables too."""

from itertools import combinations, pairwise

from operations.picture import EntityRecord, ReferenceRecord
from operations.record import TableRecord
from operations.report import diagram, schema
from operations.report.diagram import HIGH, WIDE, Diagram, draw
from operations.report.grouping import groups, ranks, wiring


def entity(name: str, *targets: str) -> EntityRecord:
    columns = (("id", "bigint", "key"), *((f"{target}_id", "bigint", "required") for target in targets))
    return EntityRecord(name, columns, tuple(ReferenceRecord((f"{target}_id",), target) for target in targets))


def large(count: int = 500, parts: int = 20) -> list[EntityRecord]:
    """A schema in parts: each table points at two earlier ones of its part, every fiftieth at another part's."""
    made = []
    for at in range(count):
        part, place = at % parts, at // parts
        targets = {f"p{part}.t{place // 2}", f"p{part}.t{place // 3}"} if place else set()
        targets |= {f"p{(part + 1) % parts}.t0"} if at % 50 == 49 else set()
        made.append(entity(f"p{part}.t{place}", *sorted(targets)))
    return made


def overlapping(drawn: Diagram) -> list[tuple[int, int]]:
    near = [(a, b) for a, b in combinations(drawn.boxes, 2) if abs(a.y - b.y) < HIGH and abs(a.x - b.x) < WIDE]
    return [(a.entity, b.entity) for a, b in near]


def test_children_stand_right_of_their_parents() -> None:
    """Who is pointed at stands left; tables that nothing connects stand by themselves."""
    drawn = draw([entity("alone"), entity("items", "orders"), entity("orders", "users"), entity("users")])
    alone, items, orders, users = drawn.boxes
    assert users.x < orders.x < items.x
    assert [group.hub for group in drawn.groups] == ["orders", ""]
    assert (alone.y > users.y) or (alone.x > items.x)
    assert [(wire.child, wire.parent, wire.far) for wire in drawn.wires] == [(1, 2, False), (2, 3, False)]


def test_cycles_and_pointers_at_oneself_do_no_harm() -> None:
    """Two tables that point at each other, one at itself, and one at a table that is not there are drawn."""
    records = [entity("a", "b", "a"), entity("b", "a", "gone")]
    assert wiring(records) == ((0, 1), (1, 0))
    assert ranks((0, 1), wiring(records)) == [[0, 1]]
    assert not overlapping(draw(records))
    assert draw([]) == Diagram(0, 0, (), (), ())


def test_five_hundred_tables_are_drawn_apart_inside_and_always_alike() -> None:
    """No box lies on another, each within its group and each group within the whole; drawn again, all is the same."""
    records = large()
    drawn = draw(records)
    assert overlapping(drawn) == []
    assert len(drawn.boxes) == 500
    for box in drawn.boxes:
        inside = [
            group
            for group in drawn.groups
            if group.x <= box.x and box.x + WIDE <= group.x + group.width
            if group.y <= box.y and box.y + HIGH <= group.y + group.height
        ]
        assert len(inside) == 1
    assert max(group.x + group.width for group in drawn.groups) == drawn.width
    assert max(group.y + group.height for group in drawn.groups) == drawn.height
    assert draw(list(records)) == drawn


def test_a_large_schema_falls_into_its_parts() -> None:
    """Twenty parts that hardly point at each other become some twenty groups, none of them most of the schema."""
    found = groups(500, wiring(large()))
    assert sorted(table for group in found for table in group) == list(range(500))
    assert 15 <= len(found) <= 40
    assert len(found[0]) < 100
    assert all(len(one) >= len(other) for one, other in pairwise(found))


def test_wires_between_groups_are_told_from_those_within() -> None:
    """Far wires are drawn only for the table that is chosen, so they have to be known."""
    drawn = draw(large())
    assert 0 < sum(wire.far for wire in drawn.wires) < len(drawn.wires) / 4


def test_an_entity_knows_its_neighbours() -> None:
    """Whom it points at, who points at it, its rows if they are known; the schema is named where there are several."""
    records = [entity("public.items", "public.orders"), entity("public.orders"), entity("public.x", "other.gone")]
    items, orders, x = schema.entities(records, [TableRecord("public.orders", 7)])
    assert (items.label, orders.label) == ("items", "orders")
    assert [one.name for one in items.parents] == ["orders"]
    assert [one.at for one in orders.children] == [0]
    assert (orders.rows, items.rows) == (7, None)
    assert orders.about == "7 rows, 1 column, pointed at by 1"
    assert [one.at for one in x.parents] == [None]
    two = schema.entities([entity("a.x"), entity("b.x")], [])
    assert [one.label for one in two] == ["a.x", "b.x"]
    assert schema.entities([entity("a." + "x" * 80)], [])[0].short.endswith("…")


def test_boxes_have_room_for_what_is_written_in_them() -> None:
    """A table's short name in a usual sans face is narrower than its box: 6.3 pixels a letter at 12 pixels."""
    assert schema._LONGEST * 6.3 < diagram.WIDE - 46
