"""Names that were written without anything between their words: `shiptocity`, `ordnumber`, `lastupdated`.

A name is parted only if all of it is words that are listed here, and the last of them says what such a column holds:
`capacity` ends with a city, but nothing is called `capa`.
"""

from functools import lru_cache


def _as_they_are(words: str) -> dict[str, str]:
    return {word: word for word in words.split()}


# What a column holds, and how the rules spell it.
_HEADS = _as_they_are(
    "number name code type kind date time phone mobile fax email address city state country zip "
    "region street status title description notes comment text subject body url host path file size count total "
    "amount price cost rate tax discount currency quantity weight width height id key token password hash version "
    "language locale timezone position order level priority group role parent owner created updated modified "
    "changed deleted login seen access visit check start end from until ip"
) | {
    "no": "number", "nr": "number", "num": "number", "addr": "address", "address1": "address 1",
    "address2": "address 2", "desc": "description", "pwd": "password",
}  # fmt: skip
_WHOLE = frozenset(("postcode", "realtime"))  # are words of their own
_MOMENTS = {
    f"{verb}{word}": f"{verb} {word}" for verb in ("created", "updated", "modified") for word in ("at", "on", "by")
}
# What may stand before it; where the rules know another word for it, that word.
_FIRSTS = (
    _as_they_are(
        "user customer client vendor supplier employee member membership contact company account order invoice "
        "part product item serial model batch lot voucher ticket project job task work home business office "
        "mobile mail email web page message content media mime file image group team role event object record "
        "table field form report license bank card tax sale sales purchase price unit list stock ship bill "
        "payment post reply sender recipient sent received create created update updated modify modified change "
        "changed last next first start end begin stop expiry expire due birth access login connect session server "
        "host device client remote local source target destination parent child author owner poster editor "
        "reviewer manager driver country city state language display full nick short long old new real default "
        "max min total called calling queue pool service domain realm caller peer agent node port interface "
        "network mac ip nas framed book author course class room street phone postal area time zone transaction "
        "reference document folder category section type status action"
    )
    | {
        "ord": "order", "inv": "invoice", "cust": "customer", "acct": "account", "acc": "account", "emp": "employee",
        "shipto": "shipping", "billto": "billing", "prod": "product", "msg": "message", "org": "organization",
        "obj": "object",
        "dest": "destination", "src": "source", "addr": "address", "doc": "document", "ref": "reference",
        "quo": "quotation", "sell": "sell", "net": "net", "gross": "gross", "cash": "cash",
        "trans": "transaction", "req": "required", "avg": "average", "po": "purchase order",
    }
)  # fmt: skip


@lru_cache(maxsize=65536)
def parted(word: str) -> str:
    """The word as its parts, parted by blanks; the word itself unless every part is known."""
    return word if word in _WHOLE else _MOMENTS.get(word) or _parts(word) or word


def _parts(word: str) -> str:
    for place in range(2, len(word) - 1):
        first, rest = word[:place], word[place:]
        if first in _FIRSTS and (told := _HEADS.get(rest) or _parts(rest)):
            return f"{_FIRSTS[first]} {told}"
    return ""
