"""The accounts that Autonomica's content goes out on, with tokens that nobody can mistake for real ones."""

from typing import NamedTuple

import numpy
import pyarrow

from factories.tables.catalogue import hyphened
from factories.tables.clients import known_clients
from factories.tables.colleagues import Publisher
from factories.tables.story import Story, flagged, labels, moments, texts
from factories.values.codes import Hexadecimal
from factories.values.documents import Json
from factories.values.moments import DAY
from factories.values.numbers import Chance, Integer
from factories.values.randomness import Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory
from factories.written.personas import FixedRows

_AGAIN = ("", "_shop", "_news", "_team")
_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
_SCOPES = ('["read"]', '["read", "write"]', '["read", "insights"]', '["read", "write", "insights", "comments"]')


class Account(NamedTuple):
    """Of each account: its name, and its platform's place in the list."""

    name: list[str]
    platform: Whole


def account(frame: Frame) -> Account:
    """Whose account it is and where: each of the clients once on each platform, then a second account of each."""
    return frame.once("#account", _account)  # type: ignore[no-any-return]  # what is computed once may be anything


def _account(draw: Draw) -> Account:
    clients = [hyphened(name) for name, _ in known_clients(draw.frame)]
    number = draw.permuted(len(clients) * len(_PLATFORMS))
    turn = draw.rows // numpy.uint64(len(clients) * len(_PLATFORMS))
    said = zip(number // len(_PLATFORMS), turn, strict=True)
    names = [f"{clients[n].replace('-', '_')}{_AGAIN[t] if t < len(_AGAIN) else f'_{t + 1}'}" for n, t in said]
    return Account(names, number % len(_PLATFORMS))


def _expires(draw: Draw) -> pyarrow.Array:
    away = ((1 + draw.below(59) + draw.unit(1)) * DAY).astype(numpy.int64)
    return moments(draw.world.anchor_us + numpy.where(flagged(draw.frame, "is_active"), away, -away))


class SocialAccountFactory(TableFactory):
    """Accounts on real platforms with tokens nobody can mistake for real ones."""

    class Meta:
        """Of the table `social_accounts`."""

        table = "social_accounts"
        rows = {"smoke": 12, "uat": 90, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    user_id = ParentRow(Publisher, "users")
    platform = Column(Story(lambda draw: labels(_PLATFORMS, account(draw.frame).platform), "each client on each"))
    account_name = Column(Story(lambda draw: texts(account(draw.frame).name), "a client's, each once on a platform"))
    access_token = Column(Hexadecimal(32, "fake_access_", "visibly fake token"))
    refresh_token = Column(Hexadecimal(32, "fake_refresh_", "visibly fake token"))
    is_active = Column(FixedRows(((0, True),), Chance(900)))  # whoever has everything has somewhere to post
    token_expires_at = Column(Story(_expires, "in the next weeks, past where the account is not in use"))
    permissions = Column(Story(lambda draw: labels(_SCOPES, draw.below(len(_SCOPES))), "list of scopes"))
    platform_metadata = Column(
        Json((("followers", Integer(50, 40_000, 2)), ("verified", Chance(120))), raw=("followers", "verified"))
    )
