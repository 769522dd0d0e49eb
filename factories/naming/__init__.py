"""What a column's name means: tables of rules that a person can read and add to, by theme.

The first rule of the column's family whose pattern its name's last words meet wins; if none does, its comment is read
in the same way. A pattern is met by English words (`naming/speech.py` says which word of another language is which).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from factories.naming import by_table, computing, measures, people, places, quantities, states, trade, trades, writing
from factories.naming.counted import is_counted
from factories.naming.rule import Family, Rule, family
from factories.naming.speech import plain, spoken
from factories.naming.things import is_name, thing
from factories.naming.together import together
from factories.values.codes import Code, Numbered
from factories.values.contacts import PHONE
from factories.values.texts import Words

__all__ = [
    "LISTED",
    "PHONE",
    "RULES",
    "Family",
    "Meaning",
    "Rule",
    "by_name",
    "family",
    "is_counted",
    "meaning",
    "plain",
    "spoken",
]

RULES: tuple[Rule, ...] = (
    *trades.RULES,
    *people.RULES,
    *computing.RULES,
    *states.RULES[:1],
    *trade.RULES,
    *places.RULES,
    *states.RULES[1:],
    *writing.RULES,
    *measures.RULES,
    *quantities.RULES,
)
LISTED = re.compile(r"countr|currenc|language|locale")  # tables whose codes are everybody's
_CODES = {"countr": "country code", "currenc": "currency code", "language": "language code", "locale": "locale"}
_SECRET = re.compile(
    r"\b(verif\w*|auth\w*|otps?|tokens?|logins?|sms|reset\w*|devices?|oauth\w*|sessions?|recover\w*|backups?|activat\w*|"
    r"mfa|factors?|short\w*|redirects?|links?|challenges?|invit\w*|errors?|confirm\w*|codes?)\b"
)  # tables whose codes nobody should guess, or say what happened
_BARE = ("number", "no", "reference", "ref")  # an invoice's number is an invoice number
_OF_ANYBODY = frozenset(
    ("primary", "main", "default", "current", "full", "legal", "work", "business", "personal", "user", "customer",
     "client", "the", "my", "public", "new", "old", "preferred", "registered", "local", "person", "profile", "account",
     "twitter", "instagram", "github", "social", "is", "has")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """The rule a column follows, and whose city (name, address) it is; empty if there is only one in the row."""

    rule: Rule
    whose: str = ""


def by_name(name: str, kind: Family, table: str = "") -> Rule | None:
    """The first rule that speaks of a column of this name and family; a bare `name` is what its table names."""
    found = meaning(name, kind, table)
    return found.rule if found else None


@lru_cache(maxsize=65536)
def meaning(name: str, kind: Family, table: str = "", comment: str = "", near: str = "") -> Meaning | None:
    """What a column is about, by its name in its table; by its comment if the name says nothing.

    `near` are the words of the tables that the table's foreign keys lead to.
    """
    words, titled = spoken(name), spoken(table)
    if (known := _in_table(words, titled, kind, near)) is not None:
        return known
    if words in ("code", "iso", "iso2", "iso code", "id") and (listed := LISTED.search(plain(table))):
        words = _CODES[listed[0]]
    if words == "code" and kind is Family.TEXT and titled and not _SECRET.search(titled):
        return Meaning(Rule(words, kind, Code(_prefix(titled), least=3, start=101, label="code of the table"), "code"))
    if words in _BARE and kind is Family.TEXT:
        named = [word for word in titled.split(" ") if word.isalpha()]
        words = f"{named[-1].removesuffix('s')} {words}" if named else words
    found = _first(words, kind)
    if found is None and comment:
        words = _title(comment, kind)
        found = _first(words, kind)
    if found is None:
        return None
    if (
        words.endswith(" code")
        and found.means == "id"
        and not _SECRET.search(titled + " " + words.removesuffix("code"))
    ):
        return Meaning(replace(found, recipe=Numbered(words[0].upper(), 1, 24, 2, label="code of a kind"), means=""))
    return Meaning(_usual(found, titled, words), _whose(found, words, titled))


def _in_table(words: str, table: str, kind: Family, near: str) -> Meaning | None:
    """What a column is by its words and its table's together; None if the table does not matter."""
    if kind is not Family.TEXT:
        own = by_table.sized(table, words, kind, near)
        return Meaning(own) if own else None
    if told := together(words, table, near):
        usual = _first(words, kind)
        pool = Words(told.pool, told.facet, label=told.pool, each=is_name(words) and not told.facet)
        return Meaning(Rule(words, kind, pool, usual.means if usual else ""))
    called = thing(words, table)
    return Meaning(Rule(words, kind, *called)) if called else None


@lru_cache(maxsize=65536)
def _first(words: str, kind: Family) -> Rule | None:
    return next((rule for rule in RULES if rule.family is kind and rule.found(words)), None)


def _prefix(table: str) -> str:
    """What the codes of a table's rows begin with: three letters of its last word."""
    words = [word for word in table.split() if word.isalpha()]
    return f"{words[-1][:3].upper()}-" if words else ""


_CLAUSE = re.compile(r"(?i)(?<!^whether it) (?:on|why|how|that|which|who|is|are|has|was|were) ")


def _title(comment: str, kind: Family) -> str:
    """The words of a comment's first phrase; of a text's without what is said of it: `remark that is shown to all`."""
    phrase = re.split(r"[.;:,(\n]| - | of | for | in (?!cents)", comment.strip(), maxsplit=1)[0]
    if kind is Family.TEXT:
        phrase = _CLAUSE.split(phrase, maxsplit=1)[0]
    told = re.sub(r"(?i)^(the|a|an|optional|unique)\b", "", phrase.strip().replace("e-mail", "email"))
    return spoken(re.sub(r"[^\w ]", " ", told))


def _usual(rule: Rule, table: str, words: str) -> Rule:
    """A status or type as it is usual in the table."""
    if rule.means == "birth" and (young := by_table.young(table)):
        return replace(rule, recipe=young)
    if rule.means == "exchange rate" and (share := by_table.of_tax(table)):
        return replace(rule, recipe=share)
    if rule.means == "price" and (priced := by_table.price(table, rule.recipe)):
        return replace(rule, recipe=priced)
    if rule.family is Family.EXACT and (measured := by_table.of_the_body(table, words)):
        return replace(rule, recipe=measured)
    found = states.usual(table, words, rule.means)
    return replace(rule, recipe=found) if found else rule


def _whose(rule: Rule, words: str, table: str) -> str:
    """Whose: the words before what the rule meets, unless they name the table's own rows or anybody."""
    own = {word.rstrip("s") for word in table.split()} | _OF_ANYBODY
    kept = [word for word in rule.whose(words).split() if word.rstrip("s") not in own and word not in own]
    return " ".join(kept)
