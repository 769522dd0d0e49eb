"""Which tables of a schema are drawn together: by whom they point at, the same for the same schema."""

from collections.abc import Iterator, Sequence

from operations.picture import EntityRecord

_DRAWN_AS_ONE = 36
_SEED = 1

Wiring = tuple[tuple[int, int], ...]
"""Who points at whom, by their places in the list of entities: each pair once, nobody at itself."""


def wiring(entities: Sequence[EntityRecord]) -> Wiring:
    """The foreign keys between tables that are there."""
    place = {entity.table: at for at, entity in enumerate(entities)}
    pairs = (
        (at, place[reference.target])
        for at, entity in enumerate(entities)
        for reference in entity.references
        if reference.target in place
    )
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def groups(count: int, wires: Wiring) -> tuple[tuple[int, ...], ...]:
    """The tables in groups, the largest first; those that nothing connects are the last group, together.

    A large schema is cut where the fewest foreign keys are (Blondel et al., Fast unfolding of communities, 2008).
    """
    joined = [sorted(group) for group in _joined(count, wires)]
    single = tuple(group[0] for group in joined if len(group) == 1)
    several = sorted((group for group in joined if len(group) > 1), key=lambda group: (-len(group), group))
    return (*map(tuple, several), *((tuple(sorted(single)),) if single else ()))


def _joined(count: int, wires: Wiring) -> Iterator[set[int]]:
    import networkx as nx  # takes as long to import as a small page to draw

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(wires)
    for part in nx.connected_components(graph):
        if len(part) <= _DRAWN_AS_ONE:
            yield part
        else:
            yield from nx.community.louvain_communities(graph.subgraph(sorted(part)), seed=_SEED)


def ranks(group: Sequence[int], wires: Wiring) -> list[list[int]]:
    """The tables of a group in columns: whoever points stands right of whom it points at, cycles in one column."""
    import networkx as nx

    members = set(group)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(group)
    graph.add_edges_from((parent, child) for child, parent in wires if {child, parent} <= members)
    whole = nx.condensation(graph)
    columns = (
        sorted(table for part in parts for table in whole.nodes[part]["members"])
        for parts in nx.topological_generations(whole)
    )
    return list(columns)
