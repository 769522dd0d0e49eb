"""Autonomica's rows tell stories that add up: by arithmetic on the factories alone, without a server."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy
import pyarrow
import pytest

from catalog.model import TableName
from factories import (
    AgentContextFactory,
    AgentFactory,
    ContentPieceFactory,
    SocialAccountFactory,
    SocialPostFactory,
    TaskFactory,
    UserFactory,
    UserPermissionFactory,
)
from factories.keys.within import parent_numbers
from factories.tables import WRITTEN
from factories.tables.agents import BROKEN
from factories.tables.catalogue import COMPANIES, INDUSTRIES, SAID, company, web_name
from factories.tables.clients import roster
from factories.tables.days import NOTES, days_of
from factories.tables.funnel import KINDS, seen
from factories.tables.jobs import PROVIDERS
from factories.tables.people import PERSONAS
from factories.tables.reviews import review_count
from factories.tables.story import capital
from factories.values.moments import DAY, HOUR, instants
from factories.world import Frame, World
from factories.written.declare import world_of

EIGHT = (
    UserFactory, UserPermissionFactory, SocialAccountFactory, AgentFactory, AgentContextFactory, TaskFactory,
    ContentPieceFactory, SocialPostFactory,
)  # fmt: skip
ANCHOR = datetime(2026, 12, 4, 15, tzinfo=UTC)  # a Friday


@pytest.fixture(scope="module")
def world() -> World:
    """The written factories' own world at the size of uat, with its history up to a Friday in December."""
    return at(ANCHOR)


def at(anchor: datetime, **rows: int) -> World:
    return world_of(WRITTEN, anchor=anchor, rows=rows)


def whole(world: World, title: str) -> Frame:
    name = TableName("public", title)
    return world.frame(name, numpy.arange(world.rows(name), dtype=numpy.uint64))


def numbers(frame: Frame, *columns: str) -> list[numpy.ndarray]:
    return [numpy.asarray(frame.column(column).cast(pyarrow.float64())) for column in columns]


def test_days_count_their_events_and_funnels_narrow(world: World) -> None:
    """For every row: the events of its campaign, day and kind are its numbers, and each step has fewer."""
    daily, events = whole(world, "analytics_daily"), whole(world, "analytics_events")
    known = seen(events)
    for place, column in enumerate(("impressions", "clicks", "conversions")):
        counted = numpy.bincount(known.day[known.kind == place], minlength=len(daily))
        assert daily.column(column).to_pylist() == counted.tolist()
    impressions, clicks, conversions = numbers(daily, "impressions", "clicks", "conversions")
    assert (impressions >= clicks).all()
    assert (clicks >= conversions).all()
    assert conversions.sum() > 500
    assert set(events.column("kind").to_pylist()) == set(KINDS)


def test_spend_follows_the_budget(world: World) -> None:
    """A campaign that is over has spent its budget to the cent; no other more than it."""
    daily, campaigns = whole(world, "analytics_daily"), whole(world, "campaigns")
    cents = numpy.rint(numbers(daily, "spend")[0] * 100).astype(numpy.int64)
    spent = numpy.bincount(days_of(world, "public").campaign, cents, len(campaigns)).astype(numpy.int64)
    budget = numpy.rint(numbers(campaigns, "budget")[0] * 100).astype(numpy.int64)
    over = numpy.array(campaigns.column("status").to_pylist()) == "COMPLETED"
    assert over.sum() > 20
    assert (spent[over] == budget[over]).all()
    assert (spent <= budget).all()


def test_a_week_has_its_shape_and_special_days_their_note(world: World) -> None:
    """Weekends are quiet, launches are busy, a tracking outage has next to nothing, and each says so."""
    daily, days = whole(world, "analytics_daily"), days_of(world, "public")
    (impressions,) = numbers(daily, "impressions")
    weekend = (days.day + 3) % 7 > 4
    assert impressions[weekend].mean() < 0.7 * impressions[~weekend].mean()
    usual = impressions[days.note < 0].mean()
    by_note = {note: impressions[days.note == place] for place, note in enumerate(NOTES)}
    assert by_note["Launch"].mean() > 1.3 * usual
    assert by_note["Tracking outage"].mean() < 0.15 * usual
    assert by_note["Black Friday week"].mean() > 1.2 * usual
    assert by_note["Shared by a newsletter"].mean() > 2.5 * usual
    assert by_note["Holiday"].mean() < 0.8 * usual
    assert set(daily.column("note").to_pylist()) == {None, *NOTES}


def test_a_year_has_its_seasons_and_grows() -> None:
    """In one campaign November is busier than August, and September than May, which have the same season."""
    days = days_of(at(ANCHOR, projects=400, campaigns=1_200), "public")
    month = days.day.astype("datetime64[D]").astype("datetime64[M]").astype(numpy.int64) % 12 + 1

    def against(later: int, earlier: int) -> float:
        of = [days.weight[(days.note < 0) & (month == m)] for m in (later, earlier)]
        whose = [days.campaign[(days.note < 0) & (month == m)] for m in (later, earlier)]
        both = numpy.intersect1d(*whose)
        assert len(both) > 5
        return float(numpy.median([of[0][whose[0] == c].mean() / of[1][whose[1] == c].mean() for c in both]))

    assert against(11, 8) > 1.3
    assert against(9, 5) > 1.05


@pytest.mark.parametrize("seed", [1, 2, 5, 20261])
def test_no_fortnight_of_the_year_is_a_valley(seed: int) -> None:
    """However few projects there are, one has run all year: no fortnight has less than a tenth of the usual one."""
    world = replace(world_of(WRITTEN, "smoke", ANCHOR), seed=seed, indexes={})
    days = days_of(world, "public")
    visits = numpy.bincount(days.day - days.day.min(), days.weight)[-366:-1]
    fortnights = numpy.convolve(visits, numpy.ones(14) / 14, "valid")
    assert fortnights.min() > 0.1 * numpy.median(fortnights)


def test_evenings_are_busy_where_the_audience_lives(world: World) -> None:
    """In each time zone more visits come in its own evening than at any other time, and hardly any at night."""
    events = whole(world, "analytics_events")
    offset = days_of(world, "public").offset[seen(events).day]
    hour = (numpy.asarray(events.column("occurred_at").cast(pyarrow.int64())) // HOUR + offset) % 24
    assert len(set(offset.tolist())) > 3
    for zone in set(offset.tolist()):
        visits = numpy.bincount(hour[offset == zone], minlength=24)
        assert visits.argmax() in (19, 20, 21), zone
        assert visits[1:5].sum() < 0.15 * visits[18:22].sum(), zone


def test_what_is_said_of_a_project_is_its_industrys(world: World) -> None:
    """Goal, audience and keywords are of the industry of its client, and no two industries share them all."""
    projects, keywords = whole(world, "projects"), whole(world, "keywords")
    about = {one.name: one for one in INDUSTRIES}
    told = zip(*(projects.column(c).to_pylist() for c in ("industry", "goal", "audience", "client")), strict=True)
    for industry, goal, audience, client in told:
        assert goal in about[industry].goals
        assert about[industry].people_of(client) in audience
    of = keywords.parent("campaign_id").parent("project_id").column("industry").to_pylist()
    wanted = zip(of, *(keywords.column(c).to_pylist() for c in ("phrase", "is_negative")), strict=True)
    assert all(negative or phrase in about[industry].keywords for industry, phrase, negative in wanted)
    assert len(set(of)) > 5


def test_a_piece_is_about_its_headline(world: World) -> None:
    """Its text says what is said of that topic; posts fit everywhere, and some drafts are not finished."""
    pieces = whole(world, "content_pieces")
    told = list(zip(*(pieces.column(c).to_pylist() for c in ("title", "content", "type", "status")), strict=True))
    for title, content, kind, _ in told:
        topics = [topic for topic in SAID if topic in title or capital(topic) in title]
        assert any(sentence in content for topic in topics for sentence in SAID[topic]), title
        assert kind != "social_post" or len(content) <= 280
        assert kind != "video_script" or not re.search("read|written", content.split("\n\n")[0])
    unfinished = [state for *_, content, _, state in told if "[to do: " in content]
    assert set(unfinished) == {"DRAFT"}
    assert len({content.rsplit("[to do: ", 1)[1] for _, content, *_ in told if "[to do: " in content}) > 3
    assert set(SAID) == {topic for about in INDUSTRIES for topic in about.topics}


def test_people_work_on_weekdays(world: World) -> None:
    """Where there is room for it, nobody joins, reviews or makes anything on a weekend; a few do at any time."""
    moments = {"content_reviews": "happened_at", "project_members": "joined_at", "campaigns": "created_at"}
    for table, column in moments.items():
        at, missing = instants(whole(world, table), column)
        assert not missing.any()
        assert ((at // DAY + 3) % 7 > 4).mean() < 0.1, table


@pytest.mark.parametrize("rows", [{}, {"projects": 2, "tasks": 1_200}, {"projects": 0, "users": 20, "tasks": 3_000}])
def test_no_two_tasks_are_called_alike(rows: dict[str, int]) -> None:
    """Each client has each thing to do once; then again, and says which time it is."""
    titles = whole(at(ANCHOR, **rows), "tasks").column("title").to_pylist()
    assert len(set(titles)) == len(titles)
    assert any(", round 2 (" in title for title in titles) == bool(rows)
    clients = Counter(title.rsplit("(", 1)[1] for title in titles)
    assert max(clients.values()) > 2 * min(clients.values()) or len(clients) == 2


def test_a_team_without_projects_works_for_a_few_companies() -> None:
    """In the eight tables alone, accounts, pieces, tasks and what agents know are of one roster."""
    alone = world_of(EIGHT, anchor=ANCHOR)
    known = {re.sub("[^a-z0-9]+", "_", name.lower()) for name, _ in roster(whole(alone, "users"))}
    assert len(known) == 24
    assert set(whole(alone, "social_accounts").column("account_name").to_pylist()) <= known
    contexts = [json.loads(text)["client"] for text in whole(alone, "agent_contexts").column("context").to_pylist()]
    assert {re.sub("[^a-z0-9]+", "_", name.lower()) for name in contexts} <= known
    tags = [text.rsplit("https://", 1)[1].split(".example")[0] for text in _posts(alone)]
    assert {tag.replace("-", "_") for tag in tags} <= known


def _posts(world: World) -> list[str]:
    pieces = whole(world, "content_pieces")
    told = zip(pieces.column("type").to_pylist(), pieces.column("content").to_pylist(), strict=True)
    return [text for kind, text in told if kind == "social_post" and "https://" in text]


def test_pieces_are_posted_on_one_platform_after_the_other(world: World) -> None:
    """Most posts are the first of their piece on their platform."""
    posts = whole(world, "social_posts")
    pairs = list(zip(parent_numbers(posts, "content_id"), posts.column("platform").to_pylist(), strict=True))
    assert len(set(pairs)) > 0.6 * len(pairs)


def test_no_piece_is_posted_twice_a_day_as_long_as_there_are_days() -> None:
    """Each piece is posted once before any is posted again, and those that were out longest are posted most often."""
    posts = whole(at(ANCHOR, social_posts=2_500), "social_posts")
    pieces, (moments, missing) = parent_numbers(posts, "content_id"), instants(posts, "publish_date")
    days = list(zip(pieces[~missing].tolist(), (moments[~missing] // DAY).tolist(), strict=True))
    assert len(set(days)) == len(days) > 1_500
    often = Counter(pieces.tolist())
    assert len(set(pieces[: len(often)].tolist())) >= len(often) - 1
    assert max(often.values()) > 2 * min(often.values())


def test_history_ends_with_the_anchor_in_both_of_two_weeks(world: World) -> None:
    """No event is ahead, and the last seven days are full, whichever week it is."""
    for moment in (ANCHOR, ANCHOR + timedelta(days=7)):
        events = whole(world if moment == ANCHOR else at(moment), "analytics_events")
        when = numpy.asarray(events.column("occurred_at").cast(pyarrow.int64()))
        now = int(moment.timestamp()) * 1_000_000
        assert now - 3600_000_000 < when.max() <= now
        assert min(numpy.bincount((now - when[when > now - 7 * DAY]) // DAY, minlength=7)) > 50


@pytest.mark.parametrize("before", [timedelta(0), timedelta(hours=14, minutes=50), timedelta(microseconds=1, hours=-9)])
@pytest.mark.parametrize("events", [1, 400])
def test_the_last_hour_and_the_last_days_have_visits_however_few_there_are(before: timedelta, events: int) -> None:
    """At any time of day, just after midnight and just before it, too; and no day of the last week is empty."""
    moment = ANCHOR - before
    world = world_of(WRITTEN, "smoke", moment, {"analytics_events": events})
    (when, _), now = instants(whole(world, "analytics_events"), "occurred_at"), int(moment.timestamp() * 1_000_000)
    assert now - HOUR < when.max() <= now
    impressions, *_ = numbers(whole(world, "analytics_daily"), "impressions")
    ago = now // DAY - days_of(world, "public").day[: len(impressions)]
    assert all(impressions[ago == day].sum() > 0 for day in range(min(events, 7)))


def test_more_events_leave_the_first_as_they_are(world: World) -> None:
    """Events are numbered: with three times as many, the first are the same, and days count more."""
    more = at(ANCHOR, analytics_events=300_000)
    name = TableName("public", "analytics_events")
    first = numpy.arange(500, dtype=numpy.uint64)
    for column in ("occurred_at", "kind", "session_id", "campaign_id", "properties"):
        assert world.frame(name, first).column(column).equals(more.frame(name, first).column(column)), column
    few, many = (numbers(whole(w, "analytics_daily"), "impressions")[0].sum() for w in (world, more))
    assert many == 3 * few == 270_000


def test_the_statistics_are_the_same_at_every_volume(world: World) -> None:
    """Click rates by channel, and the share of weekends, do not hang on how many rows there are."""
    large = at(ANCHOR, projects=240, analytics_events=1_000_000, campaigns=3000, analytics_daily=120_000)

    def rates(of: World) -> list[float]:
        days, daily = days_of(of, "public"), whole(of, "analytics_daily")
        impressions, clicks = numbers(daily, "impressions", "clicks")
        size = len(impressions)
        chosen = [days.channel[:size] == place for place in range(5)]
        return [float(clicks[c].sum() / impressions[c].sum()) for c in chosen]

    assert rates(world) == pytest.approx(rates(large), rel=0.2)


def test_a_locale_reaches_people_and_their_addresses_alone() -> None:
    """What docs/test-data.md says of it: names and addresses of people follow, stories are told in English."""
    english, german = at(ANCHOR), at(ANCHOR)
    german.locale = "de_DE"
    changed = set()
    for item in WRITTEN:
        rows = numpy.arange(min(english.rows(TableName("public", item.table())), 200), dtype=numpy.uint64)
        told, other = (world.frame(TableName("public", item.table()), rows) for world in (english, german))
        differing = (name for name in item.columns() if not told.column(name).equals(other.column(name)))
        changed |= {f"{item.table()}.{name}" for name in differing}
    assert changed == {"users.email", "users.first_name", "users.last_name", "project_members.notify_email"}


def test_tokens_and_money_agree(world: World) -> None:
    """A task's tokens are those of its runs, and a run costs its tokens at the price of its model."""
    tasks, runs = whole(world, "tasks"), whole(world, "task_runs")
    read, written = numbers(runs, "input_tokens", "output_tokens")
    owner = numpy.asarray(runs.column("task_id").cast(pyarrow.int64())) - 1
    assert numpy.bincount(owner, read + written, len(tasks)).tolist() == numbers(tasks, "cost_tokens")[0].tolist()
    prices = {one.model: one for models in PROVIDERS for one in models}
    used = runs.parent("configuration_id").column("model").to_pylist()
    for model, inwards, out, cost in zip(used, read, written, runs.column("cost").to_pylist(), strict=True):
        price = prices.get(model)
        cents = inwards * price.read + out * price.written if price else 0
        assert abs(float(cost) - cents / 1e8) < 1e-6


def test_one_agent_is_broken_on_purpose(world: World) -> None:
    """Its newest configuration names no model that there is, and all of its tasks that were begun have failed."""
    settings = whole(world, "agent_configurations")
    broken = [m for m in settings.column("model").to_pylist() if m == "gpt-that-does-not-exist"]
    assert len(broken) == 1
    tasks = whole(world, "tasks")
    own = tasks.parent_rows("agent_id") == BROKEN
    states = {state for state, mine in zip(tasks.column("status").to_pylist(), own, strict=True) if mine}
    assert "FAILED" in states <= {"FAILED", "PENDING"}


def test_no_agent_has_two_notes_on_one_client(world: World) -> None:
    """Each knows one to five clients."""
    notes = whole(world, "agent_contexts")
    clients = [json.loads(told)["client"] for told in notes.column("context").to_pylist()]
    known = set(zip(parent_numbers(notes, "agent_id").tolist(), clients, strict=True))
    assert len(known) == len(clients)
    assert set(numpy.unique(parent_numbers(notes, "agent_id"), return_counts=True)[1].tolist()) == {1, 2, 3, 4, 5}


def test_nothing_is_said_of_a_real_company() -> None:
    """Every company's address lies in a domain that is reserved, and no two companies share a name."""
    names = {company(number)[0] for number in range(COMPANIES)}
    assert len(names) == COMPANIES == 40 * len(INDUSTRIES) * 3
    assert all(web_name(name).endswith(".example") and web_name(name).isascii() for name in names)


def test_attributions_are_whole(world: World) -> None:
    """The touches of each conversion weigh one together, and it is the last whose campaign converted."""
    shared = whole(world, "attributions")
    pairs = zip(shared.column("touch").to_pylist(), shared.column("weight").to_pylist(), strict=True)
    total, closed = 0.0, 0
    for touch, weight in pairs:
        assert touch > 1 or total == 0
        total = round(total + float(weight), 3)
        if total == 1:
            total, closed = 0.0, closed + 1
    assert total == 0
    assert closed == numbers(whole(world, "analytics_daily"), "conversions")[0].sum()


@pytest.mark.parametrize("seed", [1, 3, 6, 42, 20261])
@pytest.mark.parametrize("size", [0, 1, 20])
def test_who_has_everything_wrote_the_first_piece_and_its_post(seed: int, size: int) -> None:
    """Whatever chance says, and be there one row of each: published, approved by another, posted where she may post.

    Where nobody works on projects, it is the first piece all the same.
    """
    few = dict.fromkeys(("content_pieces", "social_posts", "social_accounts", "projects"), size or 1)
    factories = WRITTEN if size else EIGHT
    world = replace(world_of(factories, "smoke", ANCHOR, few), seed=seed, indexes={})
    power = next(persona for persona in PERSONAS if persona.everything).row
    first = numpy.zeros(1, dtype=numpy.uint64)
    piece, post, account = (
        world.frame(TableName("public", title), first)
        for title in ("content_pieces", "social_posts", "social_accounts")
    )
    for frame in (piece, post, account):
        assert parent_numbers(frame, "user_id").tolist() == [power]
    assert parent_numbers(post, "content_id").tolist() == [0]
    assert piece.column("status").to_pylist() == ["PUBLISHED"]
    assert account.column("is_active").to_pylist() == [True]
    if size:
        steps = numpy.arange(int(review_count(piece)[0]), dtype=numpy.uint64)
        reviews = world.frame(TableName("public", "content_reviews"), steps)
        by = dict(zip(reviews.column("step").to_pylist(), parent_numbers(reviews, "user_id").tolist(), strict=True))
        assert {by["SUBMITTED"], by["PUBLISHED"]} == {power}
        assert by["APPROVED"] == next(persona for persona in PERSONAS if persona.role == "EDITOR").row
