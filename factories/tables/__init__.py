"""The written factories: what Autonomica's schema cannot say about its rows."""

from collections.abc import Sequence

from catalog.model import Catalog, Table, TableName
from factories.tables.agents import AgentConfigurationFactory, AgentFactory, TaskFactory
from factories.tables.analytics import AnalyticsDailyFactory, AnalyticsEventFactory
from factories.tables.content import ContentPieceFactory, SocialAccountFactory, SocialPostFactory
from factories.tables.people import UserFactory, UserPermissionFactory
from factories.tables.projects import CampaignFactory, ProjectFactory
from factories.written.declare import TableFactory, stand_together

__all__ = ["WRITTEN", "written_for", "written_rows"]

WRITTEN: Sequence[type[TableFactory]] = (
    UserFactory,
    UserPermissionFactory,
    SocialAccountFactory,
    AgentFactory,
    AgentConfigurationFactory,
    TaskFactory,
    ContentPieceFactory,
    SocialPostFactory,
    ProjectFactory,
    CampaignFactory,
    AnalyticsDailyFactory,
    AnalyticsEventFactory,
)


def written_for(table: Table) -> type[TableFactory] | None:
    """The factory written for a table of this name, if at least half of what it declares is there."""
    found = next((item for item in WRITTEN if item.table() == table.name.name), None)
    if found is None:
        return None
    known = {column.name for column in table.columns}
    declared = set(found.columns())
    return found if 2 * len(declared & known) >= len(declared) else None


def written_rows(catalog: Catalog, profile: str) -> dict[TableName, int]:
    """How many rows the written factories want for their tables."""
    wanted = {table.name: found for table in catalog.tables if (found := written_for(table))}
    return {name: item.wanted_rows()[profile] for name, item in wanted.items() if profile in item.wanted_rows()}


stand_together(WRITTEN)
