"""Which keys of Clerk are accepted: those of a development instance, where there are no real users.

Sources: Clerk's documentation, "Clerk environment variables" and "Instances / Environments"; a publishable key is
`pk_test_` and, in base64, the host of the instance's frontend API with a `$` behind it.
"""

import re
from base64 import b64decode
from binascii import Error
from urllib.parse import urlsplit

_SECRET = re.compile(r"sk_test_[A-Za-z0-9_-]+", re.ASCII)
_REAL_USERS = ("sk_live_", "sk_prod_", "live_", "pk_live_", "pk_prod_")
_PUBLISHABLE = "pk_test_"
_DEVELOPMENT_HOST = re.compile(r"[a-z0-9.-]+\.(clerk\.accounts\.dev|lcl\.dev)", re.ASCII)
LOCAL = ("127.0.0.1", "localhost", "::1")


def secret_key(key: str) -> str:
    """The secret key, if it is one of a development instance; ValueError, which repeats nothing of it, if it is not."""
    key = key.strip()
    if key.startswith(_REAL_USERS):
        raise ValueError("is a key to Clerk's production, where real users are; give a development key (sk_test_...)")
    if not _SECRET.fullmatch(key):
        raise ValueError("must be a development key of Clerk: sk_test_ and letters, digits, hyphens or underscores")
    return key


def frontend_host(key: str) -> str:
    """The host of the instance that a publishable key belongs to; ValueError if that is not a development instance."""
    key = key.strip()
    if key.startswith(_REAL_USERS):
        raise ValueError("is a key to Clerk's production, where real users are; give that of a development instance")
    try:
        encoded = key.removeprefix(_PUBLISHABLE)
        host = b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode("ascii")
    except (Error, UnicodeDecodeError):
        host = ""
    if not key.startswith(_PUBLISHABLE) or not host.endswith("$"):
        raise ValueError("must be a publishable key of Clerk: pk_test_ and an encoded host")
    if not _DEVELOPMENT_HOST.fullmatch(host[:-1].lower()):
        raise ValueError(f'is of "{host[:-1]}", which is not a development instance (NAME.clerk.accounts.dev)')
    return host[:-1].lower()


def api_place(place: str) -> str:
    """The address of Clerk's backend API, without a slash at its end; ValueError if a key would go unencrypted."""
    place = place.strip().rstrip("/")
    try:
        parts = urlsplit(place)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if not host or parts.scheme not in ("http", "https") or parts.username or parts.query:
        raise ValueError("must be the address of Clerk's backend API, such as https://api.clerk.com/v1")
    if parts.scheme == "http" and host not in LOCAL:
        raise ValueError("must begin with https://, or the key would be sent unencrypted")
    return place
