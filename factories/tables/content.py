"""Autonomica's content, the accounts it goes out on, and the posts made from it."""

from factories.values.beginnings import Since
from factories.values.numbers import Chance, Choice, Integer
from factories.values.structures import Json, JsonList
from factories.values.texts import Hexadecimal, Sentence, Variants
from factories.written.declare import Column, TableFactory

_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
_TITLE = Variants(
    (
        Sentence(("How ", "{company}", " rethinks ", "{object}")),
        Sentence(("Five ideas for ", "{object}")),
        Sentence(("{goal}", ": what worked and what did not")),
        Sentence(("A ", "{adjective}", " start: ", "{object}", " step by step")),
    ),
    "headline",
)


class SocialAccountFactory(TableFactory):
    """Accounts on real platforms with tokens nobody can mistake for real ones."""

    class Meta:
        """Of the table `social_accounts`."""

        table = "social_accounts"
        rows = {"smoke": 12, "uat": 90, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    platform = Column(Choice(_PLATFORMS))
    account_name = Column(Sentence(("{adjective}", "_", "{noun}"), label="account name"))
    access_token = Column(Hexadecimal(32, "fake_access_", "visibly fake token"))
    refresh_token = Column(Hexadecimal(32, "fake_refresh_", "visibly fake token"))
    is_active = Column(Chance(900))
    permissions = Column(JsonList(Choice(("read", "write", "insights", "comments")), "list of scopes"))
    platform_metadata = Column(
        Json((("followers", Integer(50, 40_000, 2)), ("verified", Chance(120))), raw=("followers", "verified"))
    )


class ContentPieceFactory(TableFactory):
    """Articles, newsletters and scripts on their way to publication."""

    class Meta:
        """Of the table `content_pieces`."""

        table = "content_pieces"
        rows = {"smoke": 20, "uat": 300, "load": 50_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    title = Column(_TITLE)
    content = Column(Sentence(tuple(part for _ in range(6) for part in ("{sentence}", " ")), label="article"))
    type = Column(
        Choice(("blog_post", "newsletter", "landing_page", "social_post", "video_script"), (35, 20, 10, 25, 10))
    )
    status = Column(Choice(("DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "PUBLISHED"), (25, 15, 12, 6, 42)))


class SocialPostFactory(TableFactory):
    """Posts with their numbers; none waits to be sent."""

    class Meta:
        """Of the table `social_posts`."""

        table = "social_posts"
        rows = {"smoke": 30, "uat": 500, "load": 200_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    platform = Column(Choice(_PLATFORMS))
    status = Column(Choice(("published", "draft", "failed"), (80, 17, 3)))
    metrics = Column(
        Json(
            (
                ("views", Integer(400, 60_000, 2)),
                ("likes", Integer(0, 390, 1)),
                ("comments", Integer(0, 40, 1)),
                ("shares", Integer(0, 25, 1)),
            ),
            raw=("views", "likes", "comments", "shares"),
            label="post metrics",
        )
    )
    publish_date = Column(Since(120, label="moment in the past"))
