"""A column's name in English words: camel case parted, abbreviations written out, other languages put into English."""

import re
from functools import lru_cache

from factories.naming.parting import parted
from factories.naming.tongues import in_english

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBERED = re.compile(r"(?<=[a-z]{2})(?=\d+$)")
_KEPT = re.compile(r"^(md|co|sha|base|iso|ipv|utf|mp|h|utm|last|s|line|address|top|p|x|y)\d+$")

_PREFIXES = ("tbl", "tb", "tab", "mst", "trn")  # say that a table is one
_COUNTS = re.compile(r"\b(no|nr|num) of\b")
_REGISTERED = re.compile(r"\breg no\b")
_WORDS = {
    # abbreviations
    "nm": "name", "desc": "description", "descr": "description", "cust": "customer", "addr": "address",
    "qty": "quantity", "amt": "amount", "nr": "number", "num": "number", "nbr": "number", "dt": "date",
    "cty": "city", "cd": "code", "ph": "phone", "tel": "phone", "pct": "percent", "perc": "percent", "flg": "flag",
    "msg": "message", "usr": "user", "org": "organization", "dob": "birth date", "birthdate": "birth date",
    "birthday": "birth date", "ts": "timestamp", "cnt": "count", "ln": "line", "txt": "text", "lang": "language",
    "tz": "timezone", "ccy": "currency", "curr": "currency", "mgr": "manager", "emp": "employee", "dept": "department",
    "acct": "account", "avg": "average", "val": "value", "img": "image", "pic": "picture", "cat": "category",
    "loc": "location", "ctry": "country", "lat": "latitude", "lng": "longitude", "lon": "longitude",
    "organisation": "organization", "colour": "color", "mail": "email", "zipcode": "postcode", "zip": "postcode",
    "postalcode": "postcode", "fname": "first name", "lname": "last name", "firstname": "first name",
    "lastname": "last name", "fullname": "full name", "surname": "last name", "forename": "first name",
    "hostname": "host name", "nickname": "nick name", "displayname": "display name", "ipaddress": "ip address",
    "useragent": "user agent", "modified": "updated", "changed": "updated",
    "yrs": "years", "yr": "year", "hrs": "hours", "txn": "transaction", "trx": "transaction", "veh": "vehicle",
    "bal": "balance", "rcvd": "received", "recd": "received", "mfr": "manufacturer", "freq": "frequency",
    "rmk": "remark", "rmks": "remarks", "ack": "acknowledged", "maint": "maintenance", "ver": "version",
    "comp": "company", "proj": "project", "chg": "charge", "eff": "effective",
}  # fmt: skip


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """A name in lower case with underscores (`createdAt` is `created_at`)."""
    return _CAMEL.sub("_", name).lower().replace("-", "_").replace(" ", "_").replace(".", "_")


@lru_cache(maxsize=65536)
def spoken(name: str) -> str:
    """A name in English words parted by blanks (`kundenNr` is `customer number`, `addr_ln_1` is `address line 1`)."""
    parts = [part for part in plain(name).split("_") if part]
    parts = parts[1:] if len(parts) > 1 and parts[0] in _PREFIXES else parts
    told = " ".join(part if _KEPT.match(part) else _NUMBERED.sub(" ", part) for part in parts)
    told = _REGISTERED.sub("registration", _COUNTS.sub("number of", told))
    english = " ".join(_WORDS.get(word) or parted(word) for word in in_english(told).split(" "))
    return f"{english.removesuffix(' no')} number" if english.endswith(" no") else english
