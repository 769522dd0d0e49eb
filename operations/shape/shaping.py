"""The steps that prove a shape: it is restored into the shadow, and read from there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from catalog.compare import compare_objects
from catalog.errors import Refusal
from catalog.findings import refuse_unless_good
from catalog.fingerprint import fingerprint
from catalog.model import Catalog
from database import guards
from database.keeping import carry
from database.programs import for_restore
from database.rights.policies import map_policies
from database.session import Connection, reading, writing
from database.shape import inspection
from database.shape.introspect import read_catalog
from database.shape.objects import read_objects
from database.wholes import ledger
from database.wholes.lifecycle import maintenance
from operations.guarding import look_at_staging
from operations.run import Run
from operations.shape.crossing import judge_literals
from operations.shape.pulling import keep_fingerprint
from operations.shape.sources import prepare
from schema_sync import build
from schema_sync.drift import comparable
from schema_sync.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Shape:
    """Production's shape, proven: how to build it, and its catalog as the shadow shows it.

    `unproven` are the constraints and indexes that PostgreSQL has not proven there, as production has them.
    """

    blueprint: build.Blueprint
    catalog: Catalog
    unproven: tuple[str, ...] = ()

    @property
    def revisions(self) -> tuple[str, ...]:
        """Alembic's current revisions, empty if there are none or they cannot be read."""
        return self.blueprint.snapshot.revisions


def is_stagings_own(run: Run, snapshot: Snapshot) -> bool:
    """Whether the shape is staging's: what it stands on is there, and its roles and grants stand for no others."""
    return snapshot.source == str(run.staging)


def roles_of(run: Run, snapshot: Snapshot) -> dict[str, str]:
    """Which role of staging stands for each of the shape's; none does in staging's own."""
    return {} if is_stagings_own(run, snapshot) else dict(run.settings.roles)


def restore_shadow(run: Run, snapshot: Snapshot) -> build.Blueprint:
    """Restore the snapshot whole into the shadow: it proves that the shape restores, before anything else is built."""
    with run.step("restore it into the shadow") as note, maintenance(run.staging) as server:
        staging = look_at_staging(run.staging)
        refuse_unless_good([guards.versions_fit(snapshot.server_major, staging.server.major)])
        tools = for_restore(staging.server.major, snapshot.archive_major, run.settings.pg_bin)
        skipped = run.settings.skip_extensions
        if not is_stagings_own(run, snapshot):
            run.story.findings.extend(build.require_offer(server, snapshot, run.staging.database, skipped))
        plan = build.blueprint(snapshot, tools, staging.database.owner, skipped)
        prepare(run, (*snapshot.policy_roles, *dict(run.settings.roles).values()))
        build.build_empty(server, plan, run.staging.shadow, run.staging.database)
        build.restore_whole(plan, run.staging.shadow)
        with writing(run.staging.shadow, built_in_names=True) as shadow:
            map_policies(shadow, roles_of(run, snapshot))
        run.story.dropped = (*snapshot.stayed, *plan.crossing.dropped)
        note.text = f"{len(plan.crossing.lines)} entries crossed, {len(plan.crossing.dropped)} stayed behind"
        if run.story.roles:
            note.text += f"; created without login: {', '.join(run.story.roles)}"
        return plan


_OURS = (ledger.SCHEMA, carry.SCHEMA)


def _refuse_our_names(shadow: Connection) -> None:
    """What the application keeps under a name of ours would be in the way, and dropped in the end."""
    taken = shadow.execute("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = ANY(%s)", (list(_OURS),))
    if row := taken.fetchone():
        raise Refusal(
            f'the shape has a schema "{row[0]}", which is what we call one of ours while a candidate is filled',
            todo="Give it another name in production, or whatever the shape comes from.",
        )


def read_shape(run: Run, blueprint: build.Blueprint, *, crossing: bool = False) -> Shape:
    """Read the catalog from the shadow, what differs from the staging there is, and what literals cross with it.

    Raises Refusal if the settings refuse literals that look like addresses or secrets, and the shape is `crossing`.
    """
    with run.step("read the catalog") as note:
        shadows = writing(run.staging.shadow, built_in_names=True)
        with shadows as shadow, reading(run.staging) as staging, ThreadPoolExecutor(1) as beside:
            before = beside.submit(read_objects, staging)
            _refuse_our_names(shadow)
            catalog, unproven = read_catalog(shadow), inspection.unproven(shadow)
            found = compare_objects(before.result(), catalog.objects)
        run.story.changes = comparable(found, blueprint.snapshot.server_version)
        keep_fingerprint(run, blueprint.snapshot, fingerprint(catalog))
        if crossing:
            findings = judge_literals(run.settings, catalog)
            run.story.findings.extend(findings)
            refuse_unless_good(findings)
        note.text = f"{len(catalog.tables)} tables, {len(run.story.changes)} objects differ from staging"
        return Shape(blueprint, catalog, unproven)
