"""Autonomica's marketing projects and their campaigns."""

from factories.values.numbers import Choice, Decimal
from factories.values.structures import Json
from factories.values.texts import Sentence, Tagged, Words
from factories.written.declare import Column, TableFactory


class ProjectFactory(TableFactory):
    """Projects named for a client and an aim; most are active."""

    class Meta:
        """Of the table `projects`."""

        table = "projects"
        rows = {"smoke": 8, "uat": 40, "load": 2_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    name = Column(Sentence(("{company}", ": ", "{goal}"), label="client and aim"))
    description = Column(Sentence(("{sentence}", " ", "{sentence}"), label="short text"))
    status = Column(Choice(("ACTIVE", "PAUSED", "ARCHIVED"), (75, 15, 10)))
    brand_voice = Column(Choice(("Warm and plain", "Short and confident", "Playful, never silly", "Expert, no jargon")))
    settings = Column(
        Json(
            (("language", Words("language")), ("approval_required", Choice(("true", "false"), (70, 30)))),
            raw=("approval_required",),
            label="project settings",
        )
    )


class CampaignFactory(TableFactory):
    """Campaigns with a budget and a channel."""

    class Meta:
        """Of the table `campaigns`."""

        table = "campaigns"
        rows = {"smoke": 12, "uat": 80, "load": 10_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    name = Column(Tagged(Words("goal", label="aim"), " #", 120))
    channel = Column(Choice(("SEARCH", "SOCIAL", "EMAIL", "DISPLAY", "VIDEO"), (30, 30, 15, 15, 10)))
    status = Column(Choice(("DRAFT", "ACTIVE", "PAUSED", "COMPLETED"), (10, 50, 10, 30)))
    objective = Column(Choice(("awareness", "traffic", "leads", "sales", "retention")))
    budget = Column(Decimal(50_000, 2_500_000, 2, 1, label="budget"))
