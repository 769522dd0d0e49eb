"""The order of a row's moments: what its columns' names say came first, and how often they are still to come."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from factories.hints import Hints
from factories.moments import DAY, SECOND, After, Since, Within
from factories.naming import plain
from factories.recipe import Recipe

_STAGES = (
    r"creat|insert|regist|joined|occurr|record|logged|^ts$|time_?stamp|placed|ordered|granted|event_(time|date)|added|"
    r"signed_?up|received|issued|submitted|hired|opened|^date$|^day$|_date_time$|invited|requested|measured|captured",
    r"start|begin|from$|publish|schedul|sent|accepted|activated|assigned|confirmed|approved|queued|valid_from|effective",
    r"updat|modif|chang|complet|finish|end|until|_to$|^to$|clos|paid|shipp|last_|seen|read|resolv|deliver|expir|due|"
    r"login|refresh|process|verified|used|renew",
    r"delet|archiv|cancel|revok|remov|terminat|left_|bann|suspend|refund|fail|reject|disabled|deactivat|dismiss",
)
_UNKNOWN = 1
_OPEN_ENDED = re.compile(r"expir|due|until|_to$|^to$|end|renew|next|valid")
_EMPTY = (
    (r"creat|updat|insert|^(first_|last_|full_)?name$|email|title|status|state$|type$|role$|kind$|^code$|slug", 0),
    (r"death|deceas|^died|block|_lock|^lock", 950),
    (_STAGES[3], 900),
    (r"complet|finish|ended|clos|paid|shipp|resolv|deliver|read_at|seen|process|used|publish|approved", 350),
    (r"error|failure|exception|middle|suffix|fax|line_?2|address2", 700),
    (r"descr|note|comment|bio|avatar|image|url|website|phone|metadata|settings|json", 150),
    (r"", 80),
)


def stage(name: str) -> int:
    """How late in a row's life the column's moment lies: 0 the beginning, 3 the end."""
    word = plain(name)
    return next((place for place, pattern in enumerate(_STAGES) if re.search(pattern, word)), _UNKNOWN)


def before(name: str, moments: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The columns whose moments come before this one's; `moments` gives for each what a CHECK puts before it.

    A CHECK's order wins over the names'. The answer never leads in a circle.
    """
    places = _places(moments)
    earlier = [column for column in (*moments[name], *moments) if column in moments]
    return tuple(dict.fromkeys(column for column in earlier if places[column] < places[name]))


def _places(moments: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Each column's stage, lifted above (or, at the first stage, kept below) what a CHECK puts before it."""
    places = {column: float(stage(column)) for column in moments}
    for _ in moments:
        for column, demanded in moments.items():
            for other in demanded:
                if other in places and places[column] <= places[other]:
                    places[column] = places[other] + 0.25
    return places


def first(days: int, parents: tuple[tuple[str, str], ...], recent: bool) -> Recipe:
    """The row's first moment."""
    return Since(
        days, parents, recent, label="moment between the parents' and the anchor" if parents else "past moment"
    )


def later(name: str, before: tuple[str, ...], coarse: bool, *, strictly: bool = False) -> Recipe:
    """A moment after the others; open-ended ones (`ends_at`, `expires_at`) may lie ahead of the anchor."""
    ahead = bool(_OPEN_ENDED.search(plain(name)))
    least = (DAY if coarse else SECOND) if ahead or strictly else 0
    return After(before, 60 if ahead else 45, not ahead, least, label=f"moment after {before[0]}")


def window(limits: Hints) -> Recipe | None:
    """A moment within the hints' constant bounds; None if they cannot be read."""
    low, high = _instant(limits.low), _instant(limits.high)
    if (limits.low is not None and low is None) or (limits.high is not None and high is None):
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
    word = plain(name)
    return next(share for pattern, share in _EMPTY if re.search(pattern, word))
