"""Which of a row's foreign keys go together: two ways that lead to one table should lead to the same row there.

A composite key demands it, and is planned with the keys. Here it is what anybody would expect: a task's project and
the one it is assigned to are of the same tenant, a payment's customer is its order's. Nothing can break by it: where
no row agrees, a key chooses as it did.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from catalog.model import ForeignKey, Table, TableName
from factories.conditions import expressions
from factories.counts import is_list_like
from factories.draft import Draft
from factories.keys.agreed import Agreed, Followed, Kin, Told
from factories.keys.combinations import DigitParent
from factories.keys.demands import Wish
from factories.keys.hanging import owner, read_by, returns
from factories.keys.paired import pair, wished
from factories.keys.parts import is_part
from factories.keys.picks import Covering, Earlier, Skewed
from factories.naming import spoken
from factories.world import World

# Whom a key names by what they do: another than the row above may do it.
_BY = re.compile(r"\b(author|owner|creator|sender|recipient|actor|editor|reviewer|approver|assignee|reporter|requester|"
                 r"responsible|manager|parent|.* by)\b")  # fmt: skip
_ANYBODY = re.compile(r"\b(user|member|account|profile|person|contact|employee|staff|admin|agent|player)\b")
_ANYBODY_ELSE = re.compile(r"\b(user|member|profile|person|contact|employee|staff|admin|agent|player)\b")
_SOCIAL = re.compile(
    r"\b(comments?|repl(y|ies)|likes?|reactions?|votes?|favou?rites?|bookmarks?|views?|reads?|follow\w*|mentions?|"
    r"messages?|posts?|answers?|reviews?|ratings?|shares?|notes?|events?|logs?|activit(y|ies)|audits?|histor(y|ies)|"
    r"changes?|revisions?|versions?|notifications?|tasks?|issues?|assign(ments?|ees?)|members?|memberships?|"
    r"participants?|attendees?|subscribers?|watchers?|invit\w*|reports?|downloads?|visits?|clicks?|entries|approvals?|"
    r"uploads?|attachments?|submissions?|statuses|bids?|offers?|enrol\w*|attempts?|guesses|scores?)$"
)  # fmt: skip
# With what people do something, so that whose it is and who did it may be two.
_CONTENT = re.compile(
    r"\b(posts?|status(es)?|comments?|topics?|threads?|tasks?|issues?|articles?|photos?|pictures?|videos?|messages?|"
    r"reviews?|recipes?|questions?|answers?|tickets?|events?|projects?|documents?|files?|stor(y|ies)|songs?|tracks?|"
    r"playlists?|boards?|pages?|listings?|products?|items?|courses?|polls?|notes?|entries|blogs?|tweets?|repositor(y|ies)|"
    r"books?|films?|movies?|places?|groups?|channels?|discussions?|ads?|jobs?|requests?|campaigns?)$"
)
_HOLDS = re.compile(
    r"\b(tenant|organi[sz]ation|company|workspace|account|team|club|branch|school|university|faculty|practice|clinic|"
    r"hospital|hotel|property|restaurant|shop|store|merchant|vendor|seller|supplier|site|agency|firm|institution|"
    r"customer|client|patient|student|project|board|warehouse|business|brand|partner|library|league|farm|museum|church|"
    r"community|group|household|family|estate|building|task|issue|ticket|topic|thread|post|article|document|page|menu|course|order|discussion|"
    r"conversation|story|video|photo|channel|forum|blog|survey|space|folder|catalog)$"
)
_KINDS = re.compile(r"(\w+ )?(status|state|kind|priority|role|reason|stage|level|severity)|type")
_LONGEST = 3  # keys of a way
Drafts = Mapping[TableName, Draft]
_Begun = tuple[ForeignKey, tuple[ForeignKey, ...], TableName]
_End = tuple[TableName, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class _Way:
    """A key of the row, and those that lead on from its row to `target`; the last one's column is `column`."""

    key: ForeignKey
    further: tuple[ForeignKey, ...]
    column: str
    target: TableName

    @property
    def told(self) -> Told:
        return Told(self.column, (self.key.name, *(key.name for key in self.further[:-1])))

    @property
    def end(self) -> _End:
        return self.target, self.further[-1].target_columns, _words(self.further[-1])


def agree(draft: Draft, drafts: Drafts, world: World) -> None:
    """Let keys of the table that lead to one row lead to the same, as far as nothing else binds them."""
    known = [key for key in _single(draft.table) if key.name in draft.picks]
    place = {name: number for number, name in enumerate(drafts)}
    above = sorted((k for k in known if k.target != draft.name), key=lambda key: -place.get(key.target, 0))
    ways = list(_ways(draft, drafts))
    for key in above:
        _with_own(draft, drafts, key, _sorted(draft, place, [way for way in ways if _same(draft, key, way)]))
    _with_each_other(draft, drafts, world, _sorted(draft, place, ways))
    for key in (key for key in known if key.target == draft.name):
        _in_one_tree(draft, drafts, key)
    for key in above:
        if is_part(draft.name, key.target) and draft.requires(key.columns[0]) and _free(draft, key):
            draft.picks[key.name] = (key.target, Covering(key.target))


def _with_each_other(draft: Draft, drafts: Drafts, world: World, ways: list[_Way]) -> None:
    """Let ways meet in a home to which the row has no key itself."""
    there: dict[_End, list[_Way]] = {}
    for way in ways:
        there.setdefault(way.end, []).append(way)
    homes = {end: found for end, found in there.items() if _is_home(found[0]) and not _own_key(draft, found[0])}
    for lead in ways:
        for way in homes.get(lead.end, [lead])[1:]:
            if way.key.name != lead.key.name and len(way.further) == 1:
                _let_agree(draft, drafts, way, lead.told)
                pair(draft, drafts, world, ((lead.key, lead.told), (way.key, way.told)))
        homes.get(lead.end, [lead]).pop(0)  # so that ways go with those before them


def _sorted(draft: Draft, place: Mapping[TableName, int], ways: list[_Way]) -> list[_Way]:
    """The ways, those that lead first; which that are hangs on what follows already."""
    leading = {name: _leading(draft, draft.key(name)) for name in {way.key.name for way in ways}}
    return sorted(ways, key=lambda way: (leading[way.key.name], len(way.further), -place[way.key.target]))


def _ways(draft: Draft, drafts: Drafts) -> Iterator[_Way]:
    """All ways of two and more keys to tables above, the shortest first."""
    begun: list[_Begun] = [(key, (), key.target) for key in draft.table.foreign_keys if key.name in draft.picks]
    for _ in range(_LONGEST - 1):
        longer: list[_Begun] = []
        for key, further, at in begun:
            if at == draft.name or at not in drafts:
                continue
            for onward in _single(drafts[at].table):
                if onward.name in drafts[at].picks and onward.target not in (at, draft.name, key.target):
                    longer.append((key, (*further, onward), onward.target))
                    yield _Way(key, (*further, onward), onward.columns[0], onward.target)
        begun = longer


def _single(table: Table) -> list[ForeignKey]:
    return [key for key in table.foreign_keys if len(key.columns) == 1]


def _leading(draft: Draft, key: ForeignKey) -> tuple[bool, bool, bool]:
    """What has to choose goes first: what is bound, what must be there, things before people; then what is made last.

    Where a late table has a row, the earlier ones have theirs as a rule: a patient's practice has practitioners.
    """
    required = all(map(draft.requires, key.columns))
    return _free(draft, key), not required, bool(_BY.search(_words(key)) or _ANYBODY.search(_words(key)))


def _words(key: ForeignKey) -> str:
    return spoken(key.columns[0]).removesuffix(" id").removesuffix(" uuid")


def _same(draft: Draft, key: ForeignKey, way: _Way) -> bool:
    """Whether the way leads where the row's own key of that name does, and is meant to lead to the same row."""
    last = way.further[-1]
    words = _words(key)
    if len(way.further) != 1 or (last.target, last.target_columns) != (key.target, key.target_columns):
        return False
    social = _SOCIAL.search(spoken(draft.name.name)) and _CONTENT.search(spoken(way.key.target.name))
    doing = _BY.search(words) or _KINDS.fullmatch(words) or (_ANYBODY.search(words) and social)
    return words == _words(last) and not doing


def _is_home(way: _Way) -> bool:
    """Whether rows belong to what is at the way's end: no list of words, and nobody who did something."""
    words = way.end[2]
    return not (is_list_like(way.target) or _BY.search(words) or _ANYBODY_ELSE.search(words) or _KINDS.fullmatch(words))


def _own_key(draft: Draft, way: _Way) -> bool:
    """Whether the row itself has a key of that name there, by which all agree already."""
    return any(key.target == way.target and _words(key) == _words(way.further[-1]) for key in _single(draft.table))


def _with_own(draft: Draft, drafts: Drafts, key: ForeignKey, ways: list[_Way]) -> None:
    """Let the row's own key follow the first of the ways; or let them agree with it, if it is bound itself."""
    if not ways:
        return
    if _free(draft, key):
        lead, *ways = ways
        target, pick = draft.picks[key.name]
        followed = Followed(target, lead.key.name, lead.further[0].name, pick)
        needs = ((draft.name, lead.key.name), (lead.key.target, lead.further[0].name))
        if not returns(drafts, (draft.name, key.name), needs):
            draft.picks[key.name] = (target, followed)
    for way in ways:
        _let_agree(draft, drafts, way, Told(key.columns[0]))


def _let_agree(draft: Draft, drafts: Drafts, way: _Way, told: Told) -> None:
    """Let the way's key choose a row that agrees, if it chooses freely."""
    if not _free(draft, way.key) or way.key.target == draft.name:
        return
    target, pick = draft.picks[way.key.name]
    by = told.way[0] if told.way else draft.owners.get(told.column, "")
    needs = ((target, way.further[0].name), *read_by(drafts, draft, told))
    if returns(drafts, (draft.name, way.key.name), needs):
        return
    assert isinstance(pick, Skewed)
    otherwise = Skewed(target, 1000 if pick.empty else 0)
    draft.picks[way.key.name] = (target, Agreed(target, way.column, told, otherwise, pick.empty))
    if not pick.empty:
        _wish(draft, drafts, by, told, (target, way))


def _wish(draft: Draft, drafts: Drafts, by: str, told: Told, agreeing: tuple[TableName, _Way]) -> None:
    """Let the key on whose choice the others hang choose rows beside which there is one that agrees."""
    if not by or len(told.way) > 1:
        return
    source, pick = told.column if told.way else draft.key(by).target_columns[0], draft.picks[by][1]
    if isinstance(pick, Followed):
        by, source = pick.via, drafts[draft.key(pick.via).target].key(pick.key).columns[0]
        pick = draft.picks[by][1]
    (target, way), at = agreeing, draft.key(by).target
    wish = Wish((source,), target, (way.column,))
    needs = ((target, way.further[0].name), owner(drafts, at, source))
    if returns(drafts, (draft.name, by), needs):
        return
    if isinstance(pick, Skewed) and not (pick.but or pick.bound):
        draft.picks[by] = (at, replace(pick, demands=(*pick.demands, wish)))
    elif isinstance(pick, DigitParent) and pick.mixed.counts_within_parents:
        wished(draft, pick.mixed, wish)


def _in_one_tree(draft: Draft, drafts: Drafts, key: ForeignKey) -> None:
    """Let rows of a tree belong to one home: a reply to what it replies to, an employee to the manager's company."""
    target, pick = draft.picks[key.name]
    if not isinstance(pick, Earlier) or pick.apart or not _unbound(draft, key) or draft.given:
        return
    homes = [other for other in _single(draft.table) if other.target != draft.name and other.name in draft.picks]
    shared = [other for other in homes if not _elsewhere(other)]
    needs = tuple((draft.name, other.name) for other in shared)
    if shared and not returns(drafts, (draft.name, key.name), needs):
        columns = tuple(other.columns[0] for other in shared)
        draft.picks[key.name] = (target, Kin(target, columns, pick, pick.nullable))


def _elsewhere(key: ForeignKey) -> bool:
    """Whether rows of one tree may well differ in that key: in who wrote them, and in what kind they are."""
    words = _words(key)
    return bool(_BY.search(words) or _ANYBODY.search(words) or _KINDS.fullmatch(words) or not _HOLDS.search(words))


def _free(draft: Draft, key: ForeignKey) -> bool:
    """Whether the key chooses among all rows, with nothing that hangs on its choice."""
    pick = draft.picks[key.name][1]
    plain = isinstance(pick, Skewed) and not (pick.demands or pick.but or pick.bound)
    return plain and len(key.columns) == 1 and _unbound(draft, key)


def _unbound(draft: Draft, key: ForeignKey) -> bool:
    """Whether no constraint beside the key itself says which rows it takes."""
    column = key.columns[0]
    if draft.owners.get(column) != key.name or key.name in draft.single | draft.combined:
        return False
    checked = (name for check in draft.table.checks for name in expressions.columns(check.expression))
    shared = sum(column in other.columns for other in draft.table.foreign_keys)
    return column not in checked and shared == 1
