"""What a schema stands on beside itself, and whether a server offers that: extensions, collations, encoding, locale."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from catalog.findings import Finding, noted, passed, refused
from database.queries import query
from database.session import Connection

_EXTENSIONS, _COLLATIONS, _LOCALE, _TABLESPACES = "extensions", "collations", "locale", "tablespaces"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a database's schema needs of its server.

    `extensions` are names with the version installed, `configured` the extensions' tables whose rows are somebody's
    configuration, `collations` those of the server that objects name, `icu_collations` those the schema makes itself.
    """

    encoding: str = ""
    locale: str = ""
    extensions: tuple[tuple[str, str], ...] = ()
    configured: tuple[str, ...] = ()
    collations: tuple[str, ...] = ()
    icu_collations: tuple[str, ...] = ()
    tablespaces: tuple[str, ...] = ()

    @property
    def of_schema(self) -> "Surroundings":
        """What the schema itself asks for, less what the server that it was built on has chosen."""
        names = tuple((name, "") for name, _ in self.extensions)
        return Surroundings(extensions=names, collations=self.collations, icu_collations=self.icu_collations)


def needing(extensions: Iterable[str]) -> Surroundings:
    """What a schema stands on of which no more is known than the names of its extensions."""
    return Surroundings(extensions=tuple((name, "") for name in extensions))


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server offers a new database: `extensions` are names with the version that it would install.

    `superuser_only` are those of them that the database's owner, as whom all is restored, may not create.
    """

    encoding: str
    locale: str
    extensions: tuple[tuple[str, str], ...]
    collations: frozenset[str]
    has_icu: bool
    superuser_only: frozenset[str] = frozenset()


def read_surroundings(connection: Connection) -> Surroundings:
    """What the database one is connected to stands on; needs no right on any table."""
    row = connection.execute(query("surroundings")).fetchone()
    assert row is not None  # one is connected to it
    encoding, locale, extensions, *names = row
    configured, collations, icu_collations, tablespaces = map(tuple, names)
    return Surroundings(encoding, locale, _pairs(extensions), configured, collations, icu_collations, tablespaces)


def read_offer(server: Connection, like: str) -> Offer:
    """What the server offers a new database that is like the one of this name."""
    row = server.execute(query("offer"), {"name": like}).fetchone()
    assert row is not None  # the guards found it there
    encoding, locale, extensions, superuser_only, collations, has_icu = row
    return Offer(encoding, locale, _pairs(extensions), frozenset(collations), has_icu, frozenset(superuser_only))


def _pairs(rows: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(version)) for name, version in rows)


def fits(needed: Surroundings, offer: Offer, skipped: Collection[str] = ()) -> tuple[Finding, ...]:
    """What production's schema needs and staging's server lacks, has older or has otherwise.

    Extensions that are `skipped` are not needed.
    """
    found = (
        *_extensions(needed, offer, skipped),
        *_collations(needed, offer),
        *_text(needed, offer),
        *_left_behind(needed, skipped),
    )
    if any(finding.check == _EXTENSIONS for finding in found):
        return found
    return (passed(_EXTENSIONS, f"staging's server offers all {len(needed.extensions)} that production uses"), *found)


def _extensions(needed: Surroundings, offer: Offer, skipped: Collection[str]) -> Iterator[Finding]:
    offered = dict(offer.extensions)
    wanted = [(name, version) for name, version in needed.extensions if name not in skipped]
    if missing := [(name, version) for name, version in wanted if name not in offered]:
        listed = ", ".join(f"{name} {version}".strip() for name, version in missing)
        names = ", ".join(f'"{name}"' for name, _ in missing)
        yield refused(
            _EXTENSIONS,
            f"the staging server does not offer what production uses: extension {listed}",
            "Install it on the staging server, in production's version or a later one, and run again; or leave it out"
            f" with all that needs it: skip_extensions = [{names}] in greenroom.toml.",
        )
    if closed := [name for name, _ in wanted if name in offer.superuser_only]:
        what = f"staging's owner may not create what only a superuser may: extension {', '.join(closed)}"
        yield refused(_EXTENSIONS, what, _SUPERUSER_ONLY)
    for name, version in wanted:
        if name in offered and _older(offered[name], version):
            what = f"the staging server offers {name} {offered[name]}, older than production's {version}"
            todo = f"Install {name} {version} or later there. The shadow shows whether the shape restores all the same."
            yield noted(_EXTENSIONS, what, todo)
    if unknown := sorted(set(skipped) - {name for name, _ in needed.extensions}):
        what = f"skip_extensions names what production does not use: {', '.join(unknown)}"
        yield noted(_EXTENSIONS, what, "It may be a slip, or gone from production.")


_SUPERUSER_ONLY = (
    "Write trusted = true into its control file on the staging server, if you do trust it; or leave it out with all"
    " that needs it: skip_extensions in greenroom.toml."
)


def _older(offered: str, installed: str) -> bool:
    """Whether a version is before another; PostgreSQL gives versions no order, so their numbers are compared."""
    return _numbers(offered) < _numbers(installed)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _collations(needed: Surroundings, offer: Offer) -> Iterator[Finding]:
    missing = sorted(set(needed.collations) - offer.collations)
    if missing:
        what = f"the staging server does not have collations that production's columns name: {', '.join(missing)}"
        icu = any(name.endswith("-x-icu") for name in missing) and not offer.has_icu
        todo = (
            _NO_ICU if icu else "Install that locale on the staging server, and run pg_import_system_collations there."
        )
        yield refused(_COLLATIONS, what, todo)
    if needed.icu_collations and not offer.has_icu:
        listed = ", ".join(needed.icu_collations)
        yield refused(
            _COLLATIONS, f"staging's server has no ICU, and production makes collations of it: {listed}", _NO_ICU
        )


_NO_ICU = "Take a PostgreSQL that was built with ICU for staging, as every distribution's packages are."


def _text(needed: Surroundings, offer: Offer) -> Iterator[Finding]:
    if needed.encoding and needed.encoding != offer.encoding:
        what = f"production is encoded in {needed.encoding}, staging in {offer.encoding}"
        todo = (
            "Lengths and what a text may hold differ. Create staging anew like production"
            f" (CREATE DATABASE ... TEMPLATE template0 ENCODING '{needed.encoding}') and mark it."
        )
        yield noted(_LOCALE, what, todo)
    if needed.locale and needed.locale != offer.locale:
        what = f"production sorts text by {needed.locale}, staging by {offer.locale}"
        yield noted(_LOCALE, what, "ORDER BY, ranges of text and upper() may give otherwise than in production.")


def _left_behind(needed: Surroundings, skipped: Collection[str]) -> Iterator[Finding]:
    if needed.configured and not {name for name, _ in needed.extensions} <= set(skipped):
        what = f"extensions keep rows in tables of their own: {', '.join(needed.configured)}"
        todo = "Staging has there what CREATE EXTENSION puts there; rows that were added in production stay behind."
        yield noted(_EXTENSIONS, what, todo)
    if needed.tablespaces:
        what = f"production uses tablespaces: {', '.join(needed.tablespaces)}"
        yield noted(_TABLESPACES, what, "On staging everything lies where the staging database does.")
