"""What a status tells of the things that happen in a row's life: whether it was paid, shipped, cancelled by then."""
# ruff: noqa: E501  # a line for each thing that happens, however long

import re
from functools import lru_cache

# What happens on the way, each with how far along it is. A status as far along, or farther, has been through it.
_WAY: tuple[tuple[str, str, int], ...] = (
    ("waiting", r"draft|new|created|pending|queued|planned|todo|to do|backlog|cart|waiting|trialing|trial|requested|enqueued|upcoming|scheduled|unpaid|unread|inactive|invited|not started|on hold|initiated|ready", 0),
    ("submitted", r"open|submit\w*|placed|ordered|received|in review|review|reviewing|interview|overdue|past due|applied|qualified|contacted|proposal|negotiation|prospect\w*|discovery|screening|shortlisted", 1),
    ("sent", r"sent|issued|mailed|notified", 1),
    ("confirmed", r"confirm\w*|acknowledg\w*|accept\w*|approv\w*|authori[sz]\w*|verif\w*|assigned|offered", 2),
    ("started", r"start\w*|began|begun|running|process\w*|in progress|in use|enrolled|check(ed)? in|boarding|working|ongoing|online", 3),
    ("active", r"active|activated|enabled", 3),
    ("paid", r"paid|^payee$|reimburs\w*|captured|settled|booked", 4),
    ("packed", r"pick(ing|ed)|pack(ing|ed)|preparing|ready to ship", 4),
    ("shipped", r"picked up|ship\w*|dispatch\w*|in transit|out for delivery", 5),
    ("delivered", r"deliver\w*", 6),
    ("published", r"publish\w*|released|live|launched", 6),
    ("completed", r"complet\w*|finish\w*|done|fulfil\w*|succe\w*|resolv\w*|solved|graduat\w*|won|hired|merged|deployed|passed|check(ed)? out|landed|convert\w*|fixed", 7),
    ("closed", r"clos\w*", 8),
)  # fmt: skip
# What ends a row's life otherwise, each with how far along it was when that happened (-1: nobody knows).
_ENDS: tuple[tuple[str, str, int], ...] = (
    ("cancelled", r"cancel\w*|void\w*|withdrawn|aborted|no show|skipped|abandoned", 1),
    ("failed", r"fail\w*|error\w*|declin\w*|bounced|crashed|timed out|exception", 3),
    ("rejected", r"reject\w*|denied|refus\w*|lost", 1),
    ("refunded", r"refund\w*|charged back", 4),
    ("returned", r"return\w*", 6),
    ("written off", r"uncollectible|written off|bad debt", 1),
    ("expired", r"expir\w*|lapsed", 2),
    ("archived", r"archiv\w*|retired|discontinued", -1),
    ("deleted", r"delet\w*|remov\w*|trashed", -1),
    ("blocked", r"block\w*|bann?\w*|suspen\w*|locked|frozen|disabled|deactivated", -1),
    ("terminated", r"terminat\w*|left|churned|dismissed", -1),
)
_ENDED = re.compile(r"ended|end|stopped|ends")
_HIDDEN = ("archived", "deleted", "blocked", "terminated", "cancelled", "expired", "failed", "rejected")
_ACTIVE = re.compile(r"active|enabled|current|live|available")
_LITTLE = re.compile(r"^(is|has|was|been|the|at|on|date|time|flag|timestamp|ts|utc|first|last|fully|already|until|by)$")


def happening(words: str) -> str:
    """What a column named so (in words) tells the time or the truth of: `paid` of `paid at`; empty if nothing known."""
    core = " ".join(word for word in words.split() if not _LITTLE.match(word))
    if _ACTIVE.fullmatch(core):
        return "active"
    if _ENDED.fullmatch(core):
        return "ended"
    found = _known(core)
    return "" if found == "waiting" else found


# Ways of paying, and what belongs to each of them, the surest words first: a card's brand is told of no transfer, no
# direct debit and no gift card.
_PAID_BY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("by bank", re.compile(r"\b(transfer|sepa|iban|ach|wire|direct|debits)\b")),
    ("otherwise", re.compile(r"\b(gift|store|voucher|wallet)\b")),
    ("by card", re.compile(r"\b(cards?|credit|debit|visa|mastercard|amex)\b")),
    ("by bank", re.compile(r"\bbank\b")),
    ("otherwise", re.compile(r"\b(invoice|cash|paypal|check|cheque|crypto|klarna|pay|stripe|prepayment)\b")),
)


@lru_cache(maxsize=4096)
def paid(way: str, by: str) -> bool | None:
    """Whether a way of paying is the one asked for; None if it is none that is known here."""
    said = " ".join(re.split(r"[\s_\-]+", way.strip().lower()))
    found = next((name for name, pattern in _PAID_BY if pattern.search(said)), "")
    return found == by if found else None


@lru_cache(maxsize=4096)
def _known(words: str) -> str:
    return next((name for name, pattern, _ in (*_ENDS, *_WAY) if re.fullmatch(pattern, words)), "")


@lru_cache(maxsize=65536)
def reached(status: str, what: str) -> bool | None:
    """Whether a row of that status has been through it, or is paid that way; None if the status does not tell."""
    if what.startswith("by "):
        return paid(status, what)
    at = _known(_words(status))
    if not at:
        return None
    if what in ("active", at):
        return _is_active(at) if what == "active" else True
    ends, way = ({name: place for name, _, place in listed} for listed in (_ENDS, _WAY))
    if what == "ended":
        return at in ends or way[at] >= way["delivered"]
    if (at, what) == ("active", "published"):
        return True
    if what in ends:
        return None if what == "deleted" else False
    return way[at] >= way[what] if at in way else _before_the_end(ends[at], way[what])


def _before_the_end(known: int, asked: int) -> bool | None:
    if known < 0:
        return None
    return asked <= known


def _is_active(at: str) -> bool | None:
    if at in _HIDDEN or at == "waiting":
        return False
    return True if at in ("started", "active") else None


@lru_cache(maxsize=4096)
def way_to(final: str, statuses: tuple[str, ...]) -> tuple[str, ...]:
    """The statuses that a row of that one has been through, one after the other, and itself at the end."""
    ends, way = ({name: place for name, _, place in listed} for listed in (_ENDS, _WAY))
    at = _known(_words(final))
    farthest = way[at] - 1 if at in way else max(ends.get(at, -1), 0) or way["active"]
    steps: dict[int, str] = {}
    for status in statuses:
        known = _known(_words(status))
        if status != final and known in way and way[known] <= farthest:
            steps.setdefault(way[known], status)
    return (*(steps[place] for place in sorted(steps)), final)


def _words(status: str) -> str:
    return " ".join(re.split(r"[\s_\-]+", status.strip().lower()))
