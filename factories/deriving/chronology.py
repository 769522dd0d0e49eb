"""The order of a row's moments: what its columns' names say came first, and how often they are still to come.

A moment's place in the row's life follows from its own name. It looks at another column only where that may be later
than its place (somebody gave it, or a constraint bounds it), and never at one whose name tells nothing.
"""
# ruff: noqa: E501  # a line for each stage, however long

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from functools import lru_cache

from factories.conditions.hints import Hints
from factories.naming import spoken
from factories.naming.patterns import compiled
from factories.recipe import Recipe
from factories.values.beginnings import Since
from factories.values.life import BEGUN, LAST, OVER, Lived
from factories.values.moments import DAY, HOUR, SECOND, Within
from factories.values.times import OnDay

# How late in a row's life a moment lies; the first pattern that one of the name's words begins with counts.
STAGES: tuple[tuple[float, str], ...] = (
    (6, r"next|estimated|expected|planned end|due|expir|deadline|maturity|renew|valid (until|till|to)|trial end"),
    (5, r"delet|archiv|terminat|left|bann|suspend|disabled|deactivat|dismiss|refund|retired|decommission|deceased|died|death|churn|discontinu|ceased|(?:employ(?:ed|ment)|hired|member) (?:to|until|end)|term date|void"),
    (4.5, r"cancel|dropped(?! off)|revok|remov|fail|reject|declin|clos|return|cleared|withdrawn|lost"),
    (4, r"last|updat|modif|chang|seen|refresh|sync"),
    (0.5, r"collect"),
    (0.7, r"received"),
    (0.9, r"reported|offered"),
    (3.6, r"click|bounc|unsubscrib|scanned"),
    (0, r"creat|trigger|initiat|disburs|loaned|borrowed|insert|regist|joined|occurr|record|logged|timestamp|placed|ordered|order date|granted|event (time|date|at)|"
        r"added|sign(ed)? ?up|issue|submitted|hire|invited|requested|measured|date time|invoice date|"
        r"^(?:date|day|time)$|booking date|purchase|opened|founded|member since|applied|enrol|admitted|admission|"
        r"committed|planned (?:at|on|for|date)|incident|accident|loss date|raised|listed|sown|planted|made on|commission"),
    (1, r"acknowledg|schedul(?!\w* (start|begin|end|finish|until|to\b|from|depart|arriv))|queued|confirmed|accepted|approved|assigned|verified|valid from|effective|activated|sent|booked|value date|picked"),
    (1.8, r"doors"),
    (2.2, r"answer|connected|seated"),
    (2, r"start|clock(ed)? in|begin|began|from|publish|process|check(ed)? in|depart|read|used|open|launch|posted"),
    (2.3, r"paid|captured|settled"),
    (2.6, r"shipp|dispatch"),
    (3, r"end|clock(ed)? out|stop|until|to\b|complet|finish|resolv|deliver|succe|check(ed)? out|land|arriv|graduat|discharg|login|edited|served|sold|harvest"),
)  # fmt: skip
_UNKNOWN = 1.5
_SENT, _READ = re.compile(r"\b(sent|deliver\w*)\b"), re.compile(r"^opened\b")  # a letter is opened after it was sent
_READ_LATER = 3.5
_PLACES = sorted({_UNKNOWN, _READ_LATER, *(place for place, _ in STAGES)})
_OPEN_ENDED = re.compile(
    r"\b(expir\w*|due|until|to$|to(?= (date|day|time|at|timestamp)\b)|ends?|renew\w*|next|maturity|valid(?! from)|estimated|expected|deadline|remind\w*)\b"
)
_ENDS = re.compile(r"\bends?\b")
_TAKEN_BACK = re.compile(r"\bcheck out\b|\breturn")
_BEGUN = re.compile(r"\b(start\w*|begin|began|depart\w*|check in|clock(ed)? in|schedul\w*)\b")
_COMING = re.compile(r"^next\b|\bcurrent (billing )?(period|term|cycle) (end|ends)\b|^renews?\b")
_GOING_ON = re.compile(r"\bcurrent (billing )?(period|term|cycle) (start|starts|began)\b")
_MOMENT = re.compile(r"\b(at|on|date|time|until|timestamp|login)$")
_EMPTY_MOMENTS = (
    (r"death|deceased|died|blocked|locked|lock|banned|suspended", 950),
    (r"delet\w*|archiv\w*|cancel\w*|revok\w*|remov\w*|terminat\w*|left|disabled|deactivat\w*|dismiss\w*|refund\w*|"
     r"dropped(?! off)|fail\w*|reject\w*|retired|churn\w*|discontinu\w*|void\w*|ceased|withdr[ae]w\w*|bounced|unsubscribed|term(?= date)", 900),
    (r"clicked", 750),
    (r"complet\w*|finish\w*|ended|clos\w*|paid|shipp\w*|resolv\w*|deliver\w*|read|seen|process\w*|used|publish\w*|"
     r"approved|graduated|edited|verified", 350),
    (r"birth", 80),
    (r"", 0),
)  # fmt: skip
_EMPTY = (
    (r"coupon|promo|voucher|referral|gift (note|message)|discount code|special|csat comment", 780),
    (r"(employed|employment|member|hired) (to|until|end)", 850),
    (r"id|key|hash|token|code|slug|uuid", 0),
    (r"middle name|infix|suffix|fax|address 2|line 2|address line 2|second line|nick name", 700),
    (r"error|failure|exception|reason", 700),
    (r"notes?|comments?|remarks?|memo", 550),
    (r"description|bio|avatar|image|photo|picture|website|metadata|meta|settings|preferences|"
     r"summary|parent|logo|banner|attachment", 150),
    (r"phone|mobile|birth|company|url|subtitle|rating", 80),
    (r"name|title|status|state|type|kind|role|level|plan|priority|category|price|amount|total|subtotal|tax|discount|cost|fee|"
     r"net|gross|balance|quantity|currency|country|city|region|postcode|address|street|latitude|longitude|email|user|count|"
     r"number|rate|percent|views|clicks|size|position|order|age|gender|sex|start|end|method|language|locale|version|progress|"
     r"is|has|salary|budget|file|path|browser|os|device|agent|ip|host|domain|duration|ms|seconds|minutes|code|symbol", 0),
    (r"", 40),
)  # fmt: skip


@lru_cache(maxsize=65536)
def stage(name: str) -> float:
    """How late in a row's life the column's moment lies: 0 the beginning, 6 what is still ahead."""
    told = spoken(name)
    words = told.removesuffix(" timestamp") or told
    return next((place for place, pattern in STAGES if compiled(rf"\b(?:{pattern})").search(words)), _UNKNOWN)


_OVER = re.compile(r"\b(employ|member|hired|ceased|clos|delet|terminat|left|archiv|cancel|withdr[ae]w|deceas|died|death|bann|deactivat|remov|discontinu|"
                   r"retired|decommission|churn|disabled)")  # fmt: skip
_AFTERWARDS = re.compile(
    r"\b(logs?|histor(y|ies)|audits?|trails?|events?|changes|transitions|activit(y|ies)|refunds?|returns?|disputes?|"
    r"chargebacks?|restor\w*|credit notes?|complaints?|reopen\w*|exports?|backups?|versions?|revisions?)$"
)


def ends(name: str) -> bool:
    """Whether the column tells when a row was over, so that nothing more came to it: closed, deleted, left."""
    return 4.5 <= stage(name) <= 5 and bool(_OVER.search(spoken(name)))


def is_bound(table: str) -> bool:
    """Whether rows of the table come to what is still there: a log has a line of its end, too, and what came of it."""
    return not _AFTERWARDS.search(spoken(table))


def begins(name: str) -> bool:
    """Whether the column tells when something began that has no earlier moment: `hired_on`, `employed_from`."""
    words = spoken(name)
    return stage(name) in (1, 2) and bool(_BEGINS.search(words)) and not _PASSING.search(words)


_PASSING = re.compile(r"\b(current|period|trial|next|last|until)\b")
_BEGINS = re.compile(r"\b(start(ed)?|from|began|begun|opened|booked|activated|since|launched)\b")
_LASTING = re.compile(
    r"\b(customers?|clients?|users?|members?|accounts?|employees?|staff|workers|drivers?|teachers?|students?|patients?|"
    r"guests?|tenants?|organi[sz]ations?|compan(y|ies)|workspaces?|teams?|projects?|products?|items|articles|vehicles?|"
    r"propert(y|ies)|subscriptions?|contracts?|suppliers?|vendors?|merchants?|partners?|hotels?|rooms?|stores?|shops?|"
    r"schools?|departments?|devices?|assets?|channels?|practitioners?|doctors?|practices|memberships?|polic(y|ies)|"
    r"licen[sc]es?|domains?|people|persons?|contacts?|players?|authors?|agents?|profiles?|groups?|clubs?|branches)$"
)


def lasts(table: str) -> bool:
    """Whether rows of the table are people or things that are there for months and years, not what comes and goes."""
    return bool(_LASTING.search(spoken(table)))


def before(name: str, moments: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The columns whose moments come before this one's; `moments` gives for each what a CHECK puts before it.

    A CHECK's order wins over the names'. The answer never leads in a circle. What a CHECK does not name is left out
    if its own name tells nothing, or if it may lie ahead.
    """
    places = _places(moments)
    earlier = [*moments[name], *(column for column in moments if _is_past(column))]
    found = (column for column in earlier if column in moments and places[column] < places[name])
    return tuple(dict.fromkeys(found))


def _is_past(name: str) -> bool:
    return stage(name) != _UNKNOWN and not _lies_ahead(name) and not _TAKEN_BACK.search(spoken(name))


def _lies_ahead(name: str) -> bool:
    """Whether it is open-ended (`ends_at`, `expires_at`), so that it may lie beyond the anchor."""
    return bool(_OPEN_ENDED.search(spoken(name)))


def _places(moments: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Each column's stage, lifted above (or, at the first stage, kept below) what a CHECK puts before it."""
    sent = any(_SENT.search(spoken(column)) for column in moments)
    places = {c: _READ_LATER if sent and _READ.search(spoken(c)) else stage(c) for c in moments}
    for _ in moments:
        for column, demanded in moments.items():
            for other in demanded:
                if other in places and places[column] <= places[other]:
                    places[column] = places[other] + 0.25
    return places


def lived(
    name: str,
    moments: Mapping[str, tuple[str, ...]],
    days: Collection[str],
    first: Since,
    *,
    strictly: bool,
    short: int,
    lasting: bool = False,
) -> Lived:
    """The column's moment in a row's life that begins with `first`.

    `days` are those of the moments that have no time of day; `short` and `lasting` are as `Lived` has them. A day is too coarse to be a
    part of what is over within hours: there days look at days, and moments at moments.
    """
    coarse, place = name in days, min(_places(moments)[name], LAST)
    ahead = _lies_ahead(name) and not (short and not coarse and place < OVER and _ENDS.search(spoken(name)))
    after = before(name, moments)
    if short and place < OVER:
        after = tuple(c for c in after if c in moments[name] or (c in days) == coarse or stage(c) < BEGUN)
        short = 0 if coarse else short
    if short and place < BEGUN and _BEGUN.search(spoken(name)):
        place = BEGUN
    until = next((other for other in _PLACES if other > place), LAST)
    ends = coarse and bool(_TAKEN_BACK.search(spoken(name)))
    least = (DAY if coarse else SECOND) if ahead or strictly or ends else 0
    label = f"moment after {after[0]}" if after else first.label
    return Lived(first, place, until, after, ahead, least, short, label, lasting)


_SHORT = (
    (re.compile(r"\b(shifts?|attendances?|attendance|time ?sheets?|working days?)\b"), 12 * HOUR),
    (re.compile(r"\b(ms|milliseconds|latency|requests?|jobs?(?! interviews?)|runs?|tasks?|queries|builds?|imports?|exports?)\b"), 4 * 60 * SECOND),
    (re.compile(r"\b(calls?|appointments?|meetings?|visits?|sessions?|check ?ins?|trips?|rides?|flights?|lectures?|interviews?|viewings?|consultations?|lessons?|classes|bookings?|seconds|minutes|events?|matches|games)\b"), 3 * HOUR),
)  # fmt: skip  # what is over within minutes, and what within hours


def takes(told: tuple[str, ...]) -> int:
    """How long something takes that has a start and an end, in microseconds; 0 if `told` (names) does not say."""
    return next((size for pattern, size in _SHORT for text in told if pattern.search(spoken(text))), 0)


_BY_MACHINE = re.compile(
    r"\b(readings?|measurements?|pings?|metrics?|telemetry|sensors?|heartbeats?|ticks?|gps|traces?|spans?|crons?|backups?|logs?|"
    r"snapshots?|probes?|polls?)\b"
)  # tables that machines write, day and night


_LONG_AGO = re.compile(r"\b(hired?|employed|joined|join|member since|commissioned|founded|established)\b")


def long_ago(name: str) -> bool:
    """Whether a day of that name lies years back as a rule: staff and members are not all of this year."""
    return bool(_LONG_AGO.search(spoken(name)))


_OF_WORK = re.compile(r"((work|working|attendance|shift|duty|business) )?(date|day)")
_COMES = re.compile(r"(check|clock|punch|time)(ed)? in( at| time)?|arriv\w*( at)?")
_GOES = re.compile(r"(check|clock|punch|time)(ed)? out( at| time)?|left( at)?")


def on_the_day(name: str, days: Collection[str]) -> OnDay | None:
    """When somebody came or went on the day of work that one of the columns `days` tells; None if there is none."""
    day = next((other for other in days if _OF_WORK.fullmatch(spoken(other))), "")
    if day and _COMES.fullmatch(spoken(name)):
        return OnDay(day, 7.0, 9.4)
    return OnDay(day, 15.8, 18.4) if day and _GOES.fullmatch(spoken(name)) else None


def by_machine(table: str) -> bool:
    """Whether rows of that table come evenly through the day and the night."""
    return bool(_BY_MACHINE.search(spoken(table)))


def of_these_days(name: str) -> tuple[int, int] | None:
    """From how many to how many days after the anchor a moment lies at the least, if it is one that goes with the present.

    A period that is called current has begun and has not ended; what is called next is still to come.
    """
    words = spoken(name)
    if _COMING.search(words):
        return 1, 30
    return (-30, -1) if _GOING_ON.search(words) else None


def window(limits: Hints, bygone: int) -> Recipe | None:
    """A moment within the hints' constant bounds; None if they cannot be read, or bind no moment after the bygone."""
    low, high = _instant(limits.low), _instant(limits.high)
    if (limits.low is not None and low is None) or (limits.high is not None and high is None):
        return None
    if limits.high is None and low is not None and low < bygone:
        return None
    start = low + DAY if low is not None else (high or 0) - 365 * DAY
    end = high if high is not None else start + 20_000 * DAY
    return Within(((start, max(end, start + 1)),), label="moment within the CHECK's bounds")


def _instant(text: str | None) -> int | None:
    try:
        found = datetime.fromisoformat(text.replace("+00", "+00:00") if text and text.endswith("+00") else text or "")
    except ValueError:
        return None
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()) * SECOND


def emptiness(name: str) -> int:
    """In how many of a thousand rows a column that may be NULL is."""
    words = spoken(name)
    listed = _EMPTY_MOMENTS if _MOMENT.search(words) else _EMPTY
    return next((share for pattern, share in listed if compiled(rf"\b(?:{pattern})\b").search(words)), listed[-1][1])
