"""Copies of the trail in the store: each an object with the lines since the last, never overwritten, never let go of.

`audit/<trail>/<first>-<last>.jsonl`, numbers of ten digits. They are named unlike anything of a backup, so that no
retention ever finds them. Two runs that end together may both copy a line; that is no matter. How far a store has been
given the trail is kept beside the trail, since the key that writes to the store may be one that cannot list it.
"""

import json
import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from backups.layout import AUDIT
from backups.signing import VerifyKey
from backups.stores import Store, Taken, get, put
from operations.audit.chain import Chain, against_copy, lines, read_chain, wrong_signatures
from operations.audit.line import read_sealed
from operations.audit.trail import AuditTrail

_NAME = re.compile(rf"{AUDIT}([0-9a-f]{{16}})/([0-9]{{10}})-([0-9]{{10}})\.jsonl")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a trail is found to be: how far it goes, what its copy holds, and what is wrong, nothing if it is whole.

    `copied` is the number of the last line in the copy; `others` counts trails of other homes in the same store.
    """

    chain: Chain
    copied: int
    others: int
    wrong: tuple[str, ...]

    @property
    def signed(self) -> int:
        """How many lines carry a signature."""
        return sum(item.signed for item in self.chain.sealed)


def copy(trail: AuditTrail, store: Store) -> int:
    """Copy the lines that the store does not have yet; how many those were. Raises what the store raises."""
    chain, copied = read_chain(trail.read()), _read_copied(trail)
    done = copied.get(f"{chain.name} {store.place}", 0)
    fresh = [sealed for sealed in chain.sealed if sealed.line.number > done]
    if not fresh:
        return 0
    name = f"{AUDIT}{chain.name}/{fresh[0].line.number:010}-{fresh[-1].line.number:010}.jsonl"
    try:
        put(store, name, b"".join(sealed.text + b"\n" for sealed in fresh))
    except Taken:  # by a run that ended at the same moment
        fresh = []
    _write_copied(trail, copied | {f"{chain.name} {store.place}": chain.last})
    return len(fresh)


def verify(trail: AuditTrail, store: Store | None, keys: Sequence[VerifyKey] = ()) -> Verified:
    """Judge the trail by its seals, by what was copied from here and, where there is a store, by its copy.

    If there are keys, by its signatures as well. Raises what the store raises.
    """
    given, copied, others = _read_copied(trail), dict[int, list[bytes]](), set[str]()
    if store:
        name = read_chain(trail.read()).name
        copied = _copied(store, name)
        others = {found[1] for item in store.objects(AUDIT) if (found := _NAME.fullmatch(item.name))} - {name}
    chain = read_chain(trail.read())  # after its copy, which a run that ends meanwhile may carry further
    wrong = (
        *chain.wrong,
        *(wrong_signatures(chain, keys) if keys else ()),
        *against_copy(chain, copied),
        *_begun_anew(chain, given, others if not copied else set()),
        *_lost(chain, given, copied, store.place if store else ""),
    )
    return Verified(chain, max(copied, default=0), len(others), wrong)


def _begun_anew(chain: Chain, given: Mapping[str, int], others: Collection[str]) -> Iterator[str]:
    """Whether another trail stood here once, by what was copied from here, or else by what the store has."""
    before = {key.partition(" ")[0]: last for key, last in given.items()}
    before.pop(chain.name, None)
    for name, last in before.items():
        yield f"another trail ({name}, of {last} lines at least) was copied from here: this one was begun anew"
    if others and not before:
        trails = "1 other trail" if len(others) == 1 else f"{len(others)} other trails"
        yield f"the store has copies of {trails} and none of this one: it was begun anew"


def _lost(chain: Chain, given: Mapping[str, int], copied: Collection[int], place: str) -> Iterator[str]:
    """What was copied from here, and is gone from the file, or from the store that is looked at."""
    ours = {key.partition(" ")[2]: last for key, last in given.items() if key.startswith(f"{chain.name} ")}
    if (last := max(ours.values(), default=0)) > max(chain.last, *copied, 0):
        yield f"the end was cut off: line {last} was copied, and the file ends with line {chain.last}"
    if lost := [number for number in range(1, ours.get(place, 0) + 1) if number not in copied]:
        yield f"the store lost {lines(len(lost))} that were copied to it, the first of them line {lost[0]}"


def _read_copied(trail: AuditTrail) -> dict[str, int]:
    """How far each store has been given each trail; what cannot be read is given again."""
    try:
        found = json.loads(_beside(trail).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return (
        {str(key): value for key, value in found.items() if isinstance(value, int)} if isinstance(found, dict) else {}
    )


def _write_copied(trail: AuditTrail, copied: dict[str, int]) -> None:
    part = _beside(trail).with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(copied))
    part.replace(_beside(trail))


def _beside(trail: AuditTrail) -> Path:
    return trail.path.with_suffix(".copied.json")


def _copied(store: Store, trail: str) -> dict[int, list[bytes]]:
    """The lines of a trail that the store has, by their number."""
    found: dict[int, list[bytes]] = defaultdict(list)
    for item in store.objects(f"{AUDIT}{trail}/") if trail else ():
        for text in get(store, item.name).split(b"\n"):
            if sealed := read_sealed(text):
                found[sealed.line.number].append(text)
    return dict(found)
