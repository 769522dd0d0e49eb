"""Turning what the work packages give into what a record tells."""

from collections.abc import Iterator, Mapping, Sequence

from catalog.compare import Difference
from catalog.errors import Refusal
from catalog.findings import Finding, noted
from catalog.model import Catalog, TableName
from database.finishing import Unfilled
from database.rights.grants import AnyGrant
from database.wholes.marker import SignIn
from factories.given.rows import Source
from factories.plan import SeedPlan, TablePlan
from factories.proof.rehearsing import told as reception
from factories.sampling import sample
from factories.seed import Seeded
from factories.tables.standing import Standing, standing
from factories.written.personas import Persona
from operations.bookkeeping import revision_tables, tool_tables
from operations.record import ConstraintRecord, PersonaRecord, SampleRecord, TableRecord
from schema_sync.constraints import ConstraintVerdict
from schema_sync.drift import by_rehearsal

_SAMPLED_TABLES = 12
_NAMED = 5
_SAMPLED_ROWS = 5
_LONGEST_VALUE = 120


def tables(plan: SeedPlan, catalog: Catalog, revisions: Sequence[str]) -> tuple[TableRecord, ...]:
    """Every planned table with its rows, and why it has fewer than asked for; Alembic's tables get its revisions."""
    alembics, tools = revision_tables(catalog), tool_tables(catalog)
    return tuple(_table(table, len(revisions) if table.name in alembics else None, tools) for table in plan.tables)


def _table(table: TablePlan, revisions: int | None, tools: Mapping[TableName, str]) -> TableRecord:
    if revisions is not None:
        return TableRecord(str(table.name), revisions, "Alembic's revision, as production has it")
    reason = table.remark or _tools_reason(table, tools)
    return TableRecord(str(table.name), table.rows, reason, "\n".join(table.remedy))


def _tools_reason(table: TablePlan, tools: Mapping[TableName, str]) -> str:
    return "" if table.rows else tools.get(table.name, "")


def drift(changes: Sequence[Difference], findings: Sequence[Finding], whose: str, other: str) -> str:
    """Whether anything differs from whose schema, in one sentence; and whether that is what was rehearsed alone."""
    if not changes:
        return f"nothing differs between {whose} and {other}"
    differ = "1 object differs" if len(changes) == 1 else f"{len(changes)} objects differ"
    alone = ", by rehearsed migrations alone" if by_rehearsal(changes, findings) else ""
    return f"{differ} between {whose} and {other}{alone}"


def unexplained(changes: Sequence[Difference], findings: Sequence[Finding]) -> int:
    """How many objects differ; none, if all that differs is what was rehearsed."""
    return 0 if by_rehearsal(changes, findings) else len(changes)


def left_empty(plan: SeedPlan) -> Iterator[Finding]:
    """One finding for the tables that could not be seeded, if there are any."""
    empty = [f"{table.name} ({table.reason})" for table in plan.left_empty]
    if empty:
        tables = "1 table is" if len(empty) == 1 else f"{len(empty)} tables are"
        what = f"{tables} left empty: {'; '.join(empty[:_NAMED])}{'; ...' if empty[_NAMED:] else ''}"
        yield noted("tables-left-empty", what, "To refuse instead: --strict. To see why: greenroom plan --table NAME.")


def not_received(plan: SeedPlan) -> Iterator[Finding]:
    """One finding for the tables whose triggers would not have taken their rows as they are, if there are any."""
    told = [f"{table.name} (they {reception(table.received)})" for table in plan.not_received if table.received]
    if told:
        named = f"{'; '.join(told[:_NAMED])}{'; ...' if told[_NAMED:] else ''}"
        what = f"the triggers of {len(told)} tables do not see the rows that are loaded: {named}"
        yield noted("triggers", what, "Write a factory for what they would have done, or update the rows afterwards.")


def passed_over(plan: SeedPlan) -> Iterator[Finding]:
    """One finding for what the team's own factories say of tables and columns that are not there, if they do."""
    if plan.notes:
        yield noted(
            "factories", "; ".join(plan.notes), "Look at your factories: it may be a slip, or gone from production."
        )


def unmet_names(plan: SeedPlan) -> Iterator[Finding]:
    """One finding for the patterns of the setting `names` that no column meets, if there are any."""
    if plan.unmet:
        todo = "Look at [names] in the settings: it may be a slip, or gone from production."
        yield noted("names", "; ".join(plan.unmet), todo)


def unfilled_views(views: Sequence[Unfilled]) -> Iterator[Finding]:
    """The materialized views that stay unfilled, and what to do: nobody is told to fill one that reaches out."""
    for view in views:
        what = f"{view.view} could not be filled from staging's rows ({view.why}), and stays unfilled"
        yield noted("unfilled-views", what, _NEVER_FILL if view.reaches_out else _FILL)


_FILL = "REFRESH MATERIALIZED VIEW fills it, or says what is wrong."
_NEVER_FILL = (
    "Fill it by hand only if nothing of production's can come that way; see its definition for where it reads."
)


def lost_grants(lost: Sequence[AnyGrant]) -> Iterator[Finding]:
    """One finding for the grants of the staging that is replaced which could not be given again, if there are any."""
    if lost:
        named = "; ".join(grant.statement for grant in lost[:_NAMED])
        what = f"{len(lost)} grants no longer fit: {named}{'; ...' if lost[_NAMED:] else ''}"
        yield noted("grants", what, "Their object or role is not there any more, or belongs to somebody else.")


def constraints(verdicts: Sequence[ConstraintVerdict]) -> tuple[ConstraintRecord, ...]:
    """Every constraint with how PostgreSQL proved it."""
    return tuple(ConstraintRecord(v.table, v.kind, v.name, v.columns, v.proven, v.how) for v in verdicts)


def samples(plan: SeedPlan) -> tuple[SampleRecord, ...]:
    """A few made-up rows of the first tables that have any, each value as text; none of those kept from staging."""
    kept = {given.table for given in plan.request.given if given.source is Source.STAGING}
    shown = [table for table in plan.tables if table.rows and plan.writes[table.name]]
    seeded = [table for table in shown if table.name not in kept][:_SAMPLED_TABLES]
    return tuple(_sample(plan, str(table.name)) for table in seeded)


def _sample(plan: SeedPlan, table: str) -> SampleRecord:
    rows = sample(plan, table, _SAMPLED_ROWS)
    columns = tuple(rows[0]) if rows else ()
    return SampleRecord(table, columns, tuple(tuple(_text(row[column]) for column in columns) for row in rows))


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def personas(plan: SeedPlan, catalog: Catalog, chosen: Sequence[str] = ()) -> tuple[PersonaRecord, ...]:
    """Whom one can sign in as: the personas that are in the plan's rows, and how.

    `chosen` names some of them by key, role, name or address; Refusal for a word that is nobody's.
    """
    there, found = dict(plan.request.sign_ins), standing(plan, catalog)
    for word in chosen if found else ():
        if not any(_is_meant(one.persona, word) for one in found):
            known = ", ".join(one.persona.key for one in found)
            raise Refusal(f'personas names "{word}", who is none of the personas', todo=f"They are {known}.")
    some = (one for one in found if not chosen or any(_is_meant(one.persona, word) for word in chosen))
    return tuple(_persona(one, one.persona.key in there) for one in some)


def sign_in_rows(plan: SeedPlan, catalog: Catalog) -> tuple[SignIn, ...]:
    """Where the first persona of each table that has some stands, for whoever asks later whether they still do."""
    first = {one.table: one for one in reversed(standing(plan, catalog))}
    return tuple(
        SignIn(table.schema, table.name, one.column, one.persona.email) for table, one in sorted(first.items())
    )


def _is_meant(persona: Persona, word: str) -> bool:
    known = (persona.key, persona.role, persona.name, persona.email)
    return word.casefold() in [text.casefold() for text in known]


def signing_in(personas: Sequence[PersonaRecord]) -> Iterator[tuple[str, str]]:
    """How one signs in as them, as a fact worth knowing."""
    ways = dict.fromkeys(persona.how for persona in personas if persona.how)
    if ways:
        yield "Signing in", "; ".join(ways)


def _persona(found: Standing, is_there: bool) -> PersonaRecord:
    persona = found.persona
    how = how_to_sign_in(is_there=is_there) if found.signs_in else persona.how
    return PersonaRecord(persona.shown, persona.email, persona.role, how, persona.about)


def how_to_sign_in(*, is_there: bool) -> str:
    """How to sign in as a persona: Clerk sends no mail to its test addresses, and takes a fixed code for them."""
    if is_there:
        return "by this address, in Clerk's development instance, with the code 424242"
    return "not yet: the id is made up, as the persona is not in Clerk (docs/personas.md)"


def rate(seeded: Seeded) -> int:
    """Rows per second of the loading itself."""
    return round(seeded.loaded / max(seeded.seconds, 0.001))
