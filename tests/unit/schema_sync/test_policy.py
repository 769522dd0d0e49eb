"""What of an archive crosses to staging, decided on tables of contents written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema_sync.policy import CROSSES, DROPPED, Crossing, decide

HEADER = """;
; Archive created at 2026-11-23 02:00:00 UTC
;     dbname: shop
;     TOC Entries: 12
;
; Selected TOC Entries:
;
"""
KEPT = (
    "7; 2615 16400 SCHEMA - app shop",
    "2; 3079 16401 EXTENSION - citext ",
    "900; 1247 16402 DOMAIN app email shop",
    "901; 1247 16403 TYPE app mood shop",
    "240; 1255 16404 FUNCTION app touch() shop",
    "218; 1259 16405 TABLE app users shop",
    "217; 1259 16406 SEQUENCE app users_id_seq shop",
    "3500; 0 0 SEQUENCE OWNED BY app users_id_seq shop",
    "3501; 2604 16407 DEFAULT app users id shop",
    "3502; 0 0 COMMENT app TABLE users shop",
    "3503; 0 0 COMMENT app COLUMN users.server shop",
    "3504; 0 0 TABLE ATTACH app events_2026_10 shop",
    "3505; 2606 16408 CONSTRAINT app users users_pkey shop",
    "3506; 1259 16409 INDEX app users_email shop",
    "3507; 0 0 INDEX ATTACH app events_2026_10_pkey shop",
    "3508; 2606 16410 FK CONSTRAINT app users users_boss_fkey shop",
    "3509; 2620 16411 TRIGGER app users touch shop",
    "3510; 3256 16412 POLICY app users own shop",
    "3511; 0 16413 ROW SECURITY app users shop",
    "3512; 3381 16414 STATISTICS app users_stats shop",
    "219; 1259 16415 VIEW app active shop",
    "220; 1259 16416 MATERIALIZED VIEW app daily shop",
)


def contents(*lines: str) -> str:
    return HEADER + "\n".join(lines) + "\n"


def test_shape_crosses_in_its_order() -> None:
    """Every kind of entry that is nothing but shape; the list is what pg_restore takes back."""
    assert decide(contents(*KEPT)) == Crossing(KEPT, ())
    assert decide(contents(*KEPT)).use_list == "\n".join(KEPT) + "\n"


@pytest.mark.parametrize(("kind", "reason"), DROPPED.items())
def test_an_entry_that_is_not_shape_stays_behind_with_its_reason(kind: str, reason: str) -> None:
    """What it was and why it stays are in the report; its neighbours cross."""
    line = f"3600; 0 16500 {kind} app thing shop"
    assert decide(contents(KEPT[0], line, KEPT[5])) == Crossing(
        (KEPT[0], KEPT[5]), ((f"{kind} app thing shop", reason),)
    )


def test_an_entry_of_a_type_that_is_not_known_stays_behind_with_what_needs_it() -> None:
    """A later pg_dump may write one that holds more than shape: it crosses when somebody has looked at it."""
    crossing = decide(
        contents(
            "40; 9999 1 PROPERTY GRAPH app roads shop",
            "41; 0 0 COMMENT app PROPERTY GRAPH roads shop",
            ";\tdepends on: 40",
            KEPT[5],
        )
    )
    assert crossing.lines == (KEPT[5],)
    assert crossing.dropped == (
        ("PROPERTY GRAPH app roads shop", "is of a type that nobody has said may cross"),
        ("COMMENT app PROPERTY GRAPH roads shop", "needs what stays behind"),
    )


@pytest.mark.parametrize("kind", [*DROPPED, "EXTENSION"])
def test_a_comment_on_what_stays_behind_stays_too(kind: str) -> None:
    """It would fail to restore."""
    crossing = decide(contents(f"3601; 0 0 COMMENT - {kind} thing shop"))
    assert crossing == Crossing((), ((f"COMMENT - {kind} thing shop", "is about something that stays behind"),))


@pytest.mark.parametrize(
    "line",
    [
        "1; 1259 1 TABLE app SERVER shop",
        "1; 1259 1 TABLE app SUBSCRIPTION secret shop",
        "1; 1259 1 TABLE SERVER ACL shop",
        "1; 0 0 COMMENT app TABLE SERVER shop",
        "1; 0 0 COMMENT app COLUMN SERVER.PUBLICATION shop",
        '1; 1255 1 FUNCTION app f(text, "TABLE DATA") shop',
        "1; 3381 1 STATISTICS DATABASE x shop",
        "1; 1259 1 TABLE app two  words; -- and a comment shop",
        "1; 1259 1 TABLE app gap\u2028between shop",
    ],
)
def test_a_name_that_looks_like_another_entry_is_only_a_name(line: str) -> None:
    """The type stands first and nothing after it is read as one."""
    assert decide(contents(line)).lines == (line,)


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_a_name_cannot_smuggle_an_entry_in(separator: str) -> None:
    """pg_restore ends its lines with a line feed alone; nothing else that may stand in a name begins a new one."""
    table = f"8; 1259 1 TABLE app x{separator}9; 1259 1 TABLE app y shop"
    subscription = "9; 6100 1 SUBSCRIPTION - spy shop"
    assert decide(contents(table, subscription)).lines == (table,)


def test_comments_and_empty_lines_of_the_list_are_no_entries() -> None:
    """An archive of an empty database gives a list that restores nothing."""
    assert decide(contents("", "; a comment", ";1; 1259 1 TABLE app x shop")) == Crossing((), ())


def test_what_needs_a_door_to_another_server_stays_behind_with_it() -> None:
    """Views over foreign tables, what stands on those views, their triggers, partitions and comments."""
    crossing = decide(
        contents(
            "2; 3079 1 EXTENSION - postgres_fdw ",
            "231; 1255 2 FUNCTION app touch() shop",
            "20; 1417 3 SERVER - far shop",
            ";\tdepends on: 2",
            "21; 1259 4 FOREIGN TABLE app ft shop",
            ";\tdepends on: 20",
            "22; 0 0 COMMENT app COLUMN ft.a shop",
            ";\tdepends on: 21",
            "24; 1259 5 VIEW app w shop",
            ";\tdepends on: 23 23",
            "23; 1259 6 VIEW app v shop",
            ";\tdepends on: 220 21",
            "220; 1259 7 TABLE app near shop",
            "25; 2620 8 TRIGGER app ft touch shop",
            ";\tdepends on: 21 231",
            "26; 1259 9 TABLE app other shop",
            ";\tdepends on: 220 2",
        )
    )
    assert [line.partition(";")[0] for line in crossing.lines] == ["2", "231", "220", "26"]
    door = "needs what stays behind"
    assert crossing.dropped == (
        ("SERVER - far shop", DROPPED["SERVER"]),
        ("FOREIGN TABLE app ft shop", DROPPED["FOREIGN TABLE"]),
        ("COMMENT app COLUMN ft.a shop", door),
        ("VIEW app w shop", door),
        ("VIEW app v shop", door),
        ("TRIGGER app ft touch shop", door),
    )


def test_a_table_does_not_stay_behind_with_its_publication() -> None:
    """Only a door takes along what needs it; the dump ids on a line belong to the entry above it alone."""
    lines = (
        "30; 6104 1 PUBLICATION - pub shop",
        "31; 1259 2 TABLE app near shop",
        ";\tdepends on: 30",
        "32; 1259 3 TABLE app depends on: 30 shop",
    )
    assert len(decide(contents(*lines)).lines) == 2


NAME = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\0"), min_size=1, max_size=12)
KINDS = st.sampled_from([*DROPPED, *CROSSES])


@given(st.lists(st.tuples(KINDS, NAME), max_size=8))
def test_every_entry_either_crosses_or_stays_behind(entries: list[tuple[str, str]]) -> None:
    """By its type, whatever it is called; none is lost and none is there twice."""
    lines = [f"{number}; 0 0 {kind} app {name}" for number, (kind, name) in enumerate(entries)]
    crossing = decide(contents(*lines))
    assert crossing.lines == tuple(line for line, (kind, _) in zip(lines, entries, strict=True) if kind not in DROPPED)
    assert [reason for _, reason in crossing.dropped] == [DROPPED[kind] for kind, _ in entries if kind in DROPPED]


def test_a_skipped_extension_stays_behind_with_all_that_needs_it() -> None:
    """Tables with a column of its types, what stands on those, indexes of its operators; each says why."""
    crossing = decide(
        contents(
            "2; 3079 1 EXTENSION - citext ",
            "3; 3079 2 EXTENSION - citext2 ",
            "4; 3079 3 EXTENSION - pg_trgm ",
            "218; 1259 4 TABLE public a shop",
            ";\tdepends on: 2 2 2",
            "217; 1259 5 SEQUENCE public a_id_seq shop",
            ";\tdepends on: 218",
            "219; 1259 6 TABLE public b shop",
            "220; 1259 7 TABLE public EXTENSION - citext",
            "300; 2606 8 CONSTRAINT public a a_pkey shop",
            ";\tdepends on: 218",
            "301; 2606 9 FK CONSTRAINT public b b_a_fkey shop",
            ";\tdepends on: 300 219 218",
            "302; 1259 10 INDEX public b_t_idx shop",
            ";\tdepends on: 4 4 219",
        ),
        ("citext", "pg_trgm", "not there"),
    )
    assert [line.partition(";")[0] for line in crossing.lines] == ["3", "219", "220"]
    needs, skipped = 'needs the extension "{}", which is skipped', "is skipped, as the settings say"
    assert crossing.dropped == (
        ("EXTENSION - citext ", skipped),
        ("EXTENSION - pg_trgm ", skipped),
        ("TABLE public a shop", needs.format("citext")),
        ("SEQUENCE public a_id_seq shop", needs.format("citext")),
        ("CONSTRAINT public a a_pkey shop", needs.format("citext")),
        ("FK CONSTRAINT public b b_a_fkey shop", needs.format("citext")),
        ("INDEX public b_t_idx shop", needs.format("pg_trgm")),
    )
