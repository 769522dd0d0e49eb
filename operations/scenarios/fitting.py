"""One of our scenarios beside a schema that has not all the tables it speaks of: the rest of it holds."""

from dataclasses import dataclass

from catalog.findings import Finding, noted
from catalog.model import Catalog
from factories.ratios import Ratio
from operations.scenarios.reading import read_scenario
from operations.settings.settings import Settings

CHECK = "scenario"


@dataclass(frozen=True, slots=True)
class Fitted:
    """What the settings ask of a schema's tables, and what the scenario asks of tables that it does not have."""

    rows: dict[str, int | Ratio]
    exclude: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def fitted(settings: Settings, catalog: Catalog) -> Fitted:
    """The rows and exclusions without those that one of our scenarios names and the schema does not know.

    Ours are written for all of the application's tables. A name in a scenario of the team's own stays, and is refused.
    """
    told = _told(settings)
    missing = {name for name in told if not any(table.name.is_named(name) for table in catalog.tables)}
    rows = {name: count for name, count in settings.rows if name not in missing}
    exclude = tuple(name for name in settings.exclude if name not in missing)
    if not missing:
        return Fitted(rows, exclude)
    what = f"the scenario {settings.scenario} speaks of tables that there are not: {', '.join(sorted(missing))}"
    return Fitted(rows, exclude, (noted(CHECK, what),))


def _told(settings: Settings) -> set[str]:
    """The names of tables in the scenario, if it is one of ours."""
    if not settings.scenario:
        return set()
    scenario = read_scenario(settings.scenario, settings.scenarios)
    if not scenario.is_ours:
        return set()
    return {*scenario.settings.get("rows", {}), *scenario.settings.get("exclude", ())}
