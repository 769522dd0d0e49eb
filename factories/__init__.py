"""Rows for every table of a schema: what each column holds, and why; then the loading of them.

What a team's own factories are written with can be imported from here (docs/factories.md):

    from factories import Choice, Column, TableFactory

So can the factories for the application's own tables, for use in its own tests:

    from factories import UserFactory
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factories.keys.picks import Same, Skewed
    from factories.tables.accounts import SocialAccountFactory
    from factories.tables.agents import AgentConfigurationFactory, AgentFactory
    from factories.tables.analytics import AnalyticsDailyFactory, AnalyticsEventFactory
    from factories.tables.campaigns import CampaignFactory, CampaignFlightFactory, KeywordFactory
    from factories.tables.content import ContentPieceFactory
    from factories.tables.contexts import AgentContextFactory
    from factories.tables.members import ProjectMemberFactory
    from factories.tables.outcomes import AttributionFactory, CustomerCohortFactory
    from factories.tables.people import UserFactory, UserPermissionFactory
    from factories.tables.prices import ModelPriceFactory
    from factories.tables.projects import ProjectFactory
    from factories.tables.reviews import ContentReviewFactory
    from factories.tables.runs import TaskFactory, TaskRunFactory
    from factories.tables.social import SocialPostFactory
    from factories.values.codes import Code, Hexadecimal
    from factories.values.contacts import Email, Url
    from factories.values.numbers import Chance, Choice, Constant, Decimal, Each, Integer, RowNumber, Sometimes
    from factories.values.sign_in import SignInId
    from factories.values.texts import Sentence, Tagged, Words, Written
    from factories.written.declare import Column, ParentRow, TableFactory
    from factories.written.making import Made, Row
    from factories.written.personas import Persona

__all__ = [
    "AgentConfigurationFactory",
    "AgentContextFactory",
    "AgentFactory",
    "AnalyticsDailyFactory",
    "AnalyticsEventFactory",
    "AttributionFactory",
    "CampaignFactory",
    "CampaignFlightFactory",
    "Chance",
    "Choice",
    "Code",
    "Column",
    "Constant",
    "ContentPieceFactory",
    "ContentReviewFactory",
    "CustomerCohortFactory",
    "Decimal",
    "Each",
    "Email",
    "Hexadecimal",
    "Integer",
    "KeywordFactory",
    "Made",
    "ModelPriceFactory",
    "ParentRow",
    "Persona",
    "ProjectFactory",
    "ProjectMemberFactory",
    "Row",
    "RowNumber",
    "Same",
    "Sentence",
    "SignInId",
    "Skewed",
    "SocialAccountFactory",
    "SocialPostFactory",
    "Sometimes",
    "TableFactory",
    "Tagged",
    "TaskFactory",
    "TaskRunFactory",
    "Url",
    "UserFactory",
    "UserPermissionFactory",
    "Words",
    "Written",
]

_WHERE = {
    "AgentConfigurationFactory": "factories.tables.agents",
    "AgentContextFactory": "factories.tables.contexts",
    "AgentFactory": "factories.tables.agents",
    "AnalyticsDailyFactory": "factories.tables.analytics",
    "AnalyticsEventFactory": "factories.tables.analytics",
    "AttributionFactory": "factories.tables.outcomes",
    "CampaignFactory": "factories.tables.campaigns",
    "CampaignFlightFactory": "factories.tables.campaigns",
    "Chance": "factories.values.numbers",
    "Choice": "factories.values.numbers",
    "Code": "factories.values.codes",
    "Column": "factories.written.declare",
    "Constant": "factories.values.numbers",
    "ContentPieceFactory": "factories.tables.content",
    "ContentReviewFactory": "factories.tables.reviews",
    "CustomerCohortFactory": "factories.tables.outcomes",
    "Decimal": "factories.values.numbers",
    "Each": "factories.values.numbers",
    "Email": "factories.values.contacts",
    "Hexadecimal": "factories.values.codes",
    "Integer": "factories.values.numbers",
    "KeywordFactory": "factories.tables.campaigns",
    "Made": "factories.written.making",
    "ModelPriceFactory": "factories.tables.prices",
    "ParentRow": "factories.written.declare",
    "Persona": "factories.written.personas",
    "ProjectFactory": "factories.tables.projects",
    "ProjectMemberFactory": "factories.tables.members",
    "Row": "factories.written.making",
    "RowNumber": "factories.values.numbers",
    "Same": "factories.keys.picks",
    "Sentence": "factories.values.texts",
    "SignInId": "factories.values.sign_in",
    "Skewed": "factories.keys.picks",
    "SocialAccountFactory": "factories.tables.accounts",
    "SocialPostFactory": "factories.tables.social",
    "Sometimes": "factories.values.numbers",
    "TableFactory": "factories.written.declare",
    "Tagged": "factories.values.texts",
    "TaskFactory": "factories.tables.runs",
    "TaskRunFactory": "factories.tables.runs",
    "Url": "factories.values.contacts",
    "UserFactory": "factories.tables.people",
    "UserPermissionFactory": "factories.tables.people",
    "Words": "factories.values.texts",
    "Written": "factories.values.texts",
}


def __getattr__(name: str) -> Any:
    """What factories are written with, imported when it is first asked for: importing settings has to stay quick."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
