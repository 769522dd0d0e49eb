"""The written factories: what Autonomica's schema cannot say about its rows."""

from collections.abc import Iterable, Sequence

from catalog.model import Catalog, Table, TableName
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
from factories.written.declare import TableFactory, stand_together

__all__ = ["WRITTEN", "in_order", "written_for", "written_rows"]

WRITTEN: Sequence[type[TableFactory]] = (  # each after those whose rows it looks at
    UserFactory,
    UserPermissionFactory,
    SocialAccountFactory,
    AgentFactory,
    AgentContextFactory,
    AgentConfigurationFactory,
    ModelPriceFactory,
    TaskFactory,
    TaskRunFactory,
    ProjectFactory,
    ProjectMemberFactory,
    CampaignFactory,
    KeywordFactory,
    CampaignFlightFactory,
    ContentPieceFactory,
    ContentReviewFactory,
    SocialPostFactory,
    AnalyticsDailyFactory,
    AnalyticsEventFactory,
    AttributionFactory,
    CustomerCohortFactory,
)


def written_for(table: Table) -> type[TableFactory] | None:
    """The factory written for a table of this name, if at least half of what it declares is there."""
    found = next((item for item in WRITTEN if item.table() == table.name.name), None)
    if found is None:
        return None
    known = {column.name for column in table.columns}
    declared = set(found.columns())
    return found if 2 * len(declared & known) >= len(declared) else None


def in_order(tables: Iterable[Table]) -> list[Table]:
    """The tables that a factory is written for, each after those whose rows its factory looks at."""
    order = {item: place for place, item in enumerate(WRITTEN)}
    known = [(order[found], table) for table in tables if (found := written_for(table))]
    return [table for _, table in sorted(known, key=lambda pair: pair[0])]


def written_rows(catalog: Catalog, profile: str) -> dict[TableName, int]:
    """How many rows the written factories want for their tables."""
    wanted = {table.name: found for table in catalog.tables if (found := written_for(table))}
    return {name: item.wanted_rows()[profile] for name, item in wanted.items() if profile in item.wanted_rows()}


stand_together(WRITTEN)
