"""Keys of Clerk: those of a development instance are taken, and no other."""

from base64 import b64encode

import pytest

from operations.clerk.keys import api_place, frontend_host, secret_key


def publishable(host: str, prefix: str = "pk_test_") -> str:
    """A publishable key as Clerk makes it."""
    return prefix + b64encode(f"{host}$".encode()).decode().rstrip("=")


@pytest.mark.parametrize("key", ["sk_test_a1B2", " sk_test_a-b_c\n"])
def test_a_development_key_is_taken(key: str) -> None:
    """Without the space around it."""
    assert secret_key(key) == key.strip()


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("sk_live_hunter2", "is a key to Clerk's production"),
        ("sk_prod_hunter2", "is a key to Clerk's production"),
        ("pk_live_hunter2", "is a key to Clerk's production"),
        ("sk_hunter2", "must be a development key"),
        ("pk_test_hunter2", "must be a development key"),
        ("sk_test_", "must be a development key"),
        ("sk_test_hunter2\r\nX-Evil: 1", "must be a development key"),
        ("sk_test_hünter2", "must be a development key"),
    ],
)
def test_any_other_key_is_refused(key: str, what: str) -> None:
    """Also one that would not go into a header; nothing of it is repeated."""
    with pytest.raises(ValueError, match=what) as error:
        secret_key(key)
    assert "unter2" not in str(error.value)


def test_a_publishable_key_tells_its_instance() -> None:
    """Its host stands in it in base64, with a dollar behind."""
    assert frontend_host(publishable("calm-fox-7.clerk.accounts.dev")) == "calm-fox-7.clerk.accounts.dev"
    assert frontend_host(publishable("clerk.calm.fox-7.lcl.dev")) == "clerk.calm.fox-7.lcl.dev"


@pytest.mark.parametrize(
    ("key", "what"),
    [
        (publishable("clerk.example.com", "pk_live_"), "is a key to Clerk's production"),
        (publishable("clerk.example.com"), 'is of "clerk.example.com", which is not a development instance'),
        (publishable("x.clerk.accounts.dev.example.com"), "which is not a development instance"),
        (publishable("xclerk.accounts.dev"), "which is not a development instance"),
        ("pk_test_" + b64encode(b"a.clerk.accounts.dev").decode(), "must be a publishable key"),
        ("pk_test_!!!", "must be a publishable key"),
        ("sk_test_a1B2", "must be a publishable key"),
    ],
)
def test_a_key_of_another_instance_is_refused(key: str, what: str) -> None:
    """The host decides, whatever the key's beginning says."""
    with pytest.raises(ValueError, match=what):
        frontend_host(key)


def test_the_key_goes_nowhere_unencrypted() -> None:
    """Only to this machine; everywhere else over TLS."""
    assert api_place("https://api.clerk.com/v1/") == "https://api.clerk.com/v1"
    assert api_place("http://127.0.0.1:9/v1") == "http://127.0.0.1:9/v1"
    with pytest.raises(ValueError, match="must begin with https://"):
        api_place("http://api.clerk.com/v1")
    for wrong in ("api.clerk.com", "ftp://127.0.0.1/", "https://", "https://me:pw@api.clerk.com", "http://[x"):
        with pytest.raises(ValueError, match="must be the address"):
            api_place(wrong)
