"""Keys and tokens, told by the prefixes and forms that their makers gave them; what says that it is fake is none.

The forms are those of detect-secrets, and ours for makers that it does not know.
"""

import re
from collections.abc import Iterator

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

from schema_sync.safety.hit import Hit, Kind
from schema_sync.safety.leaves import Leaf

# Keys that the library does not know: agents' providers, Clerk's, mail services', shops', GitHub's of one repository.
_OURS = re.compile(
    r"\b(?:sk-(?:ant|proj|or|svcacct)-[\w-]{16,}|sk_(?:live|test|prod)_[A-Za-z0-9]{16,}|whsec_[\w+/=]{16,}|AIza[\w-]{30,}"
    r"|key-[0-9a-f]{32}|re_[A-Za-z0-9]{8,}_[A-Za-z0-9]{16,}|xkeysib-[0-9a-f]{32,}|hf_[A-Za-z]{30,}|github_pat_\w{36,}|npm_[A-Za-z0-9]{36}"
    r"|(?:pk_live|gsk|r8|lin_api)_[A-Za-z0-9]{16,}|(?:xai|pplx)-[A-Za-z0-9]{32,}|nvapi-[\w-]{40,}|dop_v1_[0-9a-f]{64}"
    r"|shp(?:at|ss|ca|pa)_[0-9a-f]{32}|ya29\.[\w-]{30,}|pat-(?:na|eu)\d-[0-9a-f-]{12,}|ATATT3[\w=-]{30,}"
    r"|AGE-SECRET-KEY-1[A-Z0-9]{50,})"
)
_FIRM: tuple[RegexBasedDetector, ...] = (
    AWSKeyDetector(),
    AzureStorageKeyDetector(),
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
_LOOSE: tuple[RegexBasedDetector, ...] = (ArtifactoryDetector(), DiscordBotTokenDetector())
"""Forms that codes and digests may have as well: enough to be told of a schema, not to fail rows by."""
_FAKE = re.compile(r"fake|example|dummy|placeholder|x{6}", re.IGNORECASE)


def keys_in(text: str) -> list[str]:
    """Whatever in the text looks like a key or token."""
    known = (str(secret) for detector in (*_FIRM, *_LOOSE) for secret in detector.analyze_string(text))
    return [*known, *_own(text)]


def keys(leaf: Leaf) -> Iterator[Hit]:
    """The keys and tokens whose form is hardly anything else's, and that do not say that they are fake."""
    for secret in (*_firm(leaf.text), *_own(leaf.text)):
        if not _FAKE.search(secret):
            yield Hit(Kind.KEY, secret)


def _firm(text: str) -> Iterator[str]:
    """The whole of each text that a detector knows; by itself it gives a pattern's group, which may be the prefix."""
    for detector in _FIRM:
        for found in (found for pattern in detector.denylist for found in pattern.finditer(text)):
            if not isinstance(detector, JwtTokenDetector) or detector.is_formally_valid(found[0]):
                yield found[0]


def _own(text: str) -> list[str]:
    return [found[0] for found in _OURS.finditer(text)]
