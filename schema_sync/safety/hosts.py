"""E-mail addresses, URLs and host names that are not on domains reserved for nobody (RFC 2606, RFC 6761, RFC 6762)."""

import re
from collections.abc import Iterator

from schema_sync.safety.hit import Hit, Kind
from schema_sync.safety.leaves import Leaf
from schema_sync.safety.networks import somebodys

RESERVED = r"example\.(?:com|net|org)|example|test|invalid|localhost"
_RESERVED = re.compile(rf"(?:^|\.)(?:{RESERVED})$", re.IGNORECASE)
# Names inside a network, which no resolver outside it knows (RFC 6762, RFC 8375, ICANN's decision on .internal).
_INSIDE = re.compile(r"\.(?:local|localdomain|internal|intranet|lan|home\.arpa)$", re.IGNORECASE)
# Hosts in the names of standards' vocabularies, which are written as URLs and never asked.
_VOCABULARIES = re.compile(
    r"(?:^|\.)(?:w3|schema|json-schema|purl|xmlsoap|openxmlformats|opengis|xmlns)\.(?:org|com|net)$", re.IGNORECASE
)
_HOST = r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:[^\W\d_]{2,}|xn--[\w-]+)"
# At most 64 signs stand before the @ (RFC 5321): so no long word is gone through again from each of its letters.
_EMAIL = re.compile(rf"(?:[\w.%+'-]{{1,64}}|\"[^\"\n]{{1,64}}\")@({_HOST})(?![\w-]|\.[\w-])")
_SCHEMES = (
    r"https?|wss?|s?ftps?|ssh|git|ldaps?|smtps?|imaps?|mqtts?|amqps?|rediss?|postgres(?:ql)?|mysql|mongodb(?:\+srv)?"
)
_URL = re.compile(
    rf"(?<!\w)(?:{_SCHEMES}):\\?/\\?/(?:[^\s/?#@\"'<>]*@)?(\[[0-9a-f:.]+\]|[^\s/?#:\"'<>\\,;(){{}}|\]]+)", re.I
)
_WEB = re.compile(rf"(?<![\w.@/-])(www\.{_HOST})(?![\w-]|\.[\w-])", re.IGNORECASE)
_LABELS = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"
# Where nothing else says that it is a host, only what is hardly anything else: no file's, package's or event's name.
_IN_TEXT = re.compile(
    rf"(?<![\w.@/\\-])({_LABELS}(?:com|org|co\.uk|com\.au|com\.br))(?![\w-]|\.[\w-]|\()", re.IGNORECASE
)
_WHOLE = re.compile(rf"({_LABELS}(?:com|org|net|edu|gov))\.?(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:domains?|hosts?|hostname|urls?|uri|links?|(?:web ?)?site|homepage|web|server|fqdn|dns|endpoint)\b"
)
TOP = (
    "com|org|net|edu|gov|mil|biz|info|io|co|eu|uk|de|fr|nl|ch|at|be|it|es|se|dk|no|fi|ie|pl|ru|jp|cn|kr|sg|br|mx|ca|us|au|nz|za"
    "|app|dev|ai|cloud|shop|store|online|xyz|tech"
)
_SAME_SCHEME = re.compile(rf"(?<![\w:/\\])//({_LABELS}(?:{TOP}))(?=[/:?\"'\s]|$)", re.IGNORECASE)
_WHERE_NAMED = re.compile(rf"({_LABELS}(?:{TOP}))\.?(?::\d+)?(?:/\S*)?", re.IGNORECASE)
_PACKAGES = re.compile(  # names turned round, as com.acme.net is, and of software
    r"(?:com|org|net|io|edu|gov|de|fr|uk|eu|co)\."
    r"|(?:asp|ado|vb|java|javax|system|microsoft)\.net$|socket\.io$",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|css|js|ts|json|html?|pdf|mp[34]|woff2?|zip|gz|csv|txt|md|php|xml|ya?ml|docx?|xlsx?|py|sh)$",
    re.IGNORECASE,
)


def emails(leaf: Leaf) -> Iterator[Hit]:
    """The addresses outside the reserved domains; `logo@2x.png` is none."""
    if "@" in leaf.text:
        for found in _EMAIL.finditer(leaf.text):
            if not _RESERVED.search(found[1]) and not _FILES.search(found[1]):
                yield Hit(Kind.EMAIL, found[0])


def hosts(leaf: Leaf) -> Iterator[Hit]:
    """The URLs' hosts and the bare host names that could be asked for on the internet."""
    for found in _URL.finditer(leaf.text):
        yield from _of_url(found)
    for found in (*_WEB.finditer(leaf.text), *_SAME_SCHEME.finditer(leaf.text), *_bare(leaf)):
        if _public(found[1]):
            yield Hit(Kind.HOST, found[1])


def _of_url(found: re.Match[str]) -> Iterator[Hit]:
    host = found[1].removeprefix("*.").rstrip(".")
    if somebodys(host.strip("[]")):
        yield Hit(Kind.ADDRESS, host)
    elif re.fullmatch(_HOST, host) and _public(host):
        yield Hit(Kind.HOST, found[0])


def _bare(leaf: Leaf) -> Iterator[re.Match[str]]:
    whole = (_WHERE_NAMED if leaf.called(_NAMED) else _WHOLE).fullmatch(leaf.text.strip())
    for found in (*_IN_TEXT.finditer(leaf.text), *([whole] if whole else ())):
        if not _PACKAGES.match(found[1]) and not _FILES.search(found[1]):
            yield found


def _public(host: str) -> bool:
    return not (_RESERVED.search(host) or _INSIDE.search(host) or _VOCABULARIES.search(host))
