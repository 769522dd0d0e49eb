"""What production's schema stands on, beside what staging's server offers."""

from dataclasses import replace

import pytest

from catalog.findings import Outcome
from database.shape.surroundings import Offer, Surroundings, fits

NEEDED = Surroundings(encoding="UTF8", locale="icu de", extensions=(("citext", "1.6"), ("postgis", "3.4.10")))
OFFER = Offer("UTF8", "icu de", (("citext", "1.6"), ("postgis", "3.5.0")), frozenset({"de-x-icu"}), has_icu=True)


def test_a_server_that_offers_all_is_told_in_one_finding() -> None:
    """A later version is as good as the same."""
    assert [(finding.outcome, finding.what) for finding in fits(NEEDED, OFFER)] == [
        (Outcome.PASSED, "staging's server offers all 2 that production uses")
    ]


def test_a_missing_extension_is_refused_unless_it_is_skipped() -> None:
    """By name and version."""
    without = replace(OFFER, extensions=OFFER.extensions[:1])
    (missing,) = fits(NEEDED, without)
    assert missing.what == "the staging server does not offer what production uses: extension postgis 3.4.10"
    assert 'skip_extensions = ["postgis"]' in missing.todo
    assert [finding.good for finding in fits(NEEDED, without, ["postgis"])] == [True]


def test_an_extension_that_takes_a_superuser_is_refused_unless_it_is_skipped() -> None:
    """All is restored as the owner."""
    closed = replace(OFFER, superuser_only=frozenset({"postgis", "file_fdw"}))
    (told,) = fits(NEEDED, closed)
    assert told.what == "staging's owner may not create what only a superuser may: extension postgis"
    assert not told.good
    assert all(finding.good for finding in fits(NEEDED, closed, ["postgis"]))


@pytest.mark.parametrize("version", ["3.4.9", "3.4", "2.99"])
def test_an_older_extension_is_told(version: str) -> None:
    """Its numbers are compared, and not its letters; the shadow shows whether it is enough."""
    (older,) = fits(NEEDED, replace(OFFER, extensions=(("citext", "1.6"), ("postgis", version))))
    assert older.outcome is Outcome.NOTED
    assert older.what == f"the staging server offers postgis {version}, older than production's 3.4.10"
    assert older.todo.startswith("Install postgis 3.4.10 or later there.")


def test_skipping_what_production_does_not_use_is_told() -> None:
    """It may be a slip."""
    (told,) = fits(NEEDED, OFFER, ["pg_corn"])
    assert told.what == "skip_extensions names what production does not use: pg_corn"


def test_a_collation_that_the_server_lacks_is_refused() -> None:
    """One of ICU's on a server without it, one of the system's, one that the schema makes itself."""
    no_icu = replace(OFFER, collations=frozenset({"C.utf8"}), has_icu=False)
    named, made = fits(replace(NEEDED, collations=("C.utf8", "de-x-icu"), icu_collations=("german",)), no_icu)[1:]
    assert named.what == "the staging server does not have collations that production's columns name: de-x-icu"
    assert made.what == "staging's server has no ICU, and production makes collations of it: german"
    assert "built with ICU" in named.todo
    assert "built with ICU" in made.todo
    (system,) = fits(replace(NEEDED, collations=("fr_FR.utf8",)), OFFER)[1:]
    assert not system.good
    assert "pg_import_system_collations" in system.todo


def test_other_encodings_and_locales_are_told() -> None:
    """They stop nothing, and change what queries give."""
    encoding, locale = fits(NEEDED, replace(OFFER, encoding="SQL_ASCII", locale="libc C"))[1:]
    assert encoding.what == "production is encoded in UTF8, staging in SQL_ASCII"
    assert "ENCODING 'UTF8'" in encoding.todo
    assert locale.what == "production sorts text by icu de, staging by libc C"
    assert encoding.good
    assert locale.good


def test_rows_of_extensions_and_tablespaces_are_told() -> None:
    """Neither crosses."""
    found = fits(replace(NEEDED, configured=("public.spatial_ref_sys",), tablespaces=("fast",)), OFFER)
    assert [finding.what for finding in found] == [
        "extensions keep rows in tables of their own: public.spatial_ref_sys",
        "production uses tablespaces: fast",
    ]


def test_nothing_is_known_of_a_snapshot_without_surroundings() -> None:
    """So nothing is said against it; the shadow shows whether it restores."""
    assert all(finding.outcome is Outcome.PASSED for finding in fits(Surroundings(), OFFER))
