"""What of production is written into its schema: addresses, keys and connection strings, in defaults, comments, bodies.

They look like shape to PostgreSQL and cross with it. They are found by object and by kind, and never repeated: a secret
that was found must not spread into a report.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import groupby

from detect_secrets.plugins.artifactory import ArtifactoryDetector
from detect_secrets.plugins.aws import AWSKeyDetector
from detect_secrets.plugins.azure_storage_key import AzureStorageKeyDetector
from detect_secrets.plugins.base import RegexBasedDetector
from detect_secrets.plugins.discord import DiscordBotTokenDetector
from detect_secrets.plugins.github_token import GitHubTokenDetector
from detect_secrets.plugins.gitlab_token import GitLabTokenDetector
from detect_secrets.plugins.jwt import JwtTokenDetector
from detect_secrets.plugins.mailchimp import MailchimpDetector
from detect_secrets.plugins.npm import NpmDetector
from detect_secrets.plugins.openai import OpenAIDetector
from detect_secrets.plugins.private_key import PrivateKeyDetector
from detect_secrets.plugins.pypi_token import PypiTokenDetector
from detect_secrets.plugins.sendgrid import SendGridDetector
from detect_secrets.plugins.slack import SlackDetector
from detect_secrets.plugins.square_oauth import SquareOAuthDetector
from detect_secrets.plugins.stripe import StripeDetector
from detect_secrets.plugins.telegram_token import TelegramBotTokenDetector
from detect_secrets.plugins.twilio import TwilioKeyDetector

from catalog.findings import Finding, noted, passed, refused
from catalog.model import SchemaObject
from database.addresses import reachable_in

CHECK = "literals"
_SHOWN = 10

# A URL with a password in it, or of a server that holds data; libpq's own form, of two words at least.
_WORD = r"[a-z_]+=[^\s'\",;]+"
_CONNECTION = re.compile(
    r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"]*:[^\s/@'\"]+@[^\s'\"]+"
    r"|\b(?:jdbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?)://[^\s'\"]+"
    rf"|\bhost(?:addr)?=[^\s'\",;]+\s+{_WORD}"
    rf"|\b{_WORD}\s+(?:{_WORD}\s+)*host(?:addr)?=[^\s'\",;]+",
    re.IGNORECASE,
)
# Keys that the library does not know: agents' providers, Clerk's, and mail services'.
_KEY = re.compile(
    r"\b(?:sk-(?:ant|proj|or|svcacct)-[\w-]{16,}|sk_(?:live|test|prod)_\w{16,}|whsec_[\w+/=]{16,}|AIza[\w-]{30,}"
    r"|key-[0-9a-f]{32}|re_\w{8,}_\w{16,}|xkeysib-[0-9a-f]{32,}|hf_[A-Za-z]{30,})"
)

_DETECTORS: tuple[RegexBasedDetector, ...] = (
    ArtifactoryDetector(),
    AWSKeyDetector(),
    AzureStorageKeyDetector(),
    DiscordBotTokenDetector(),
    GitHubTokenDetector(),
    GitLabTokenDetector(),
    JwtTokenDetector(),
    MailchimpDetector(),
    NpmDetector(),
    OpenAIDetector(),
    PrivateKeyDetector(),
    PypiTokenDetector(),
    SendGridDetector(),
    SlackDetector(),
    SquareOAuthDetector(),
    StripeDetector(),
    TelegramBotTokenDetector(),
    TwilioKeyDetector(),
)


@dataclass(frozen=True, slots=True)
class Literal:
    """What a text in the schema looks like, and in which object it stands; the text itself is not kept."""

    looks_like: str
    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def find(objects: Iterable[SchemaObject], hosts: Sequence[str], allowed: Sequence[str] = ()) -> tuple[Literal, ...]:
    """The literals in these objects' definitions, each kind once for an object, by kind.

    `hosts` are names of production's machines or domains. `allowed` are patterns, in which * stands for any letters:
    what matches one, be it the literal or the object's name, is passed over.
    """
    searches = (
        ("an e-mail address", reachable_in),
        ("a connection string", lambda text: _whole(_CONNECTION, text)),
        ("a key or token", _keys),
        ("the name of production's host", _host_search(hosts)),
    )
    found = {
        Literal(looks_like, item.kind, item.name)
        for item in objects
        if not _matches(item.name, allowed)
        for looks_like, search in searches
        if any(not _matches(text, allowed) for text in search(item.definition))
    }
    return tuple(sorted(found, key=lambda literal: (literal.looks_like, literal.kind, literal.name)))


def judge(literals: Sequence[Literal], *, refuse: bool) -> tuple[Finding, ...]:
    """A finding for each kind of literal, refused or only noted; one that passed if there is none."""
    if not literals:
        return (passed(CHECK, "no address, key, connection string or host of production stands in the schema"),)
    tell = refused if refuse else noted
    groups = groupby(literals, key=lambda literal: literal.looks_like)
    return tuple(tell(CHECK, _sentence(looks_like, tuple(group)), _TODO) for looks_like, group in groups)


_TODO = "Take it out of production's schema, or name the object (or a pattern for the text) in `literals_allowed`."


def _sentence(looks_like: str, literals: Sequence[Literal]) -> str:
    shown = ", ".join(map(str, literals[:_SHOWN]))
    more = f" and {len(literals) - _SHOWN} more" if len(literals) > _SHOWN else ""
    return f"what looks like {looks_like} crosses with the schema, in {shown}{more}"


def _keys(text: str) -> list[str]:
    known = (str(secret) for detector in _DETECTORS for secret in detector.analyze_string(text))
    return [*known, *_whole(_KEY, text)]


def _host_search(hosts: Sequence[str]) -> Callable[[str], Sequence[str]]:
    names = [re.escape(host) for host in hosts if host]
    if not names:
        return lambda _text: []
    pattern = re.compile(rf"(?<![\w-])(?:[\w-]+\.)*(?:{'|'.join(names)})(?![\w-])", re.IGNORECASE)
    return lambda text: _whole(pattern, text)


def _whole(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0] for match in pattern.finditer(text)]


def _matches(text: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(text, pattern) for pattern in patterns)
