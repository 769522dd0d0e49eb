"""What words tell of a row's life: a status, a way of paying, the name of a moment or a flag."""

import pytest

from factories.deriving.chronology import stage
from factories.values.lifecycle import happening, reached


@pytest.mark.parametrize(
    ("status", "what", "answer"),
    [
        ("paid", "paid", True),
        ("shipped", "paid", True),
        ("PENDING", "paid", False),
        ("in-progress", "started", True),
        ("cancelled", "paid", False),
        ("failed", "started", True),
        ("failed", "completed", False),
        ("draft", "published", False),
        ("archived", "published", None),
        ("purple", "paid", None),
        ("active", "active", True),
        ("suspended", "active", False),
    ],
)
def test_a_status_tells_what_has_happened(status: str, what: str, answer: bool | None) -> None:
    """A state on the way implies those before it; what nobody knows is not told."""
    assert reached(status, what) is answer


@pytest.mark.parametrize(
    ("way", "card", "bank"),
    [
        ("card", True, False),
        ("Bank card", True, False),
        ("credit_card", True, False),
        ("bank_transfer", False, True),
        ("direct_debit", False, True),
        ("SEPA credit transfer", False, True),
        ("gift_card", False, False),
        ("store-credit", False, False),
        ("Wallet", False, False),
        ("barter", None, None),
    ],
)
def test_a_way_of_paying_tells_what_belongs_to_it(way: str, card: bool | None, bank: bool | None) -> None:
    """A direct debit is no debit card, a gift card has no brand, and of what nobody knows nothing is told."""
    assert (reached(way, "by card"), reached(way, "by bank")) == (card, bank)


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("paid at", "paid"),
        ("is paid", "paid"),
        ("payee", "paid"),
        ("payee verified", ""),
        ("date shipped", "shipped"),
        ("created at", ""),
        ("is active", "active"),
    ],
)
def test_a_moments_name_tells_what_it_is_of(words: str, what: str) -> None:
    """Endings and little words do not count."""
    assert happening(words) == what


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("created_at", "started_at"),
        ("started", "stopped"),
        ("startsAt", "endsAt"),
        ("check_in", "check_out"),
        ("scheduled_start", "scheduled_end"),
        ("scheduled_departure", "scheduled_arrival"),
        ("enrolled_on", "dropped_on"),
        ("departed_at", "arrived_at"),
        ("ordered_at", "paid_at"),
        ("paid_at", "shipped_at"),
        ("shipped_at", "delivered_at"),
        ("created_at", "captured_at"),
        ("issued_on", "due_on"),
        ("start_date", "maturity_date"),
        ("hired_on", "left_on"),
        ("erstellt_am", "geaendert_am"),
        ("updated_at", "deleted_at"),
        ("last_service_date", "next_service_date"),
    ],
)
def test_names_tell_which_moment_comes_first(earlier: str, later: str) -> None:
    """The stage of the one lies before the other's."""
    assert stage(earlier) < stage(later)
