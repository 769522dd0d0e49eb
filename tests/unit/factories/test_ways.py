"""Two ways from a row to one table lead to the same row there: of one tenant, one hotel, one customer."""

from dataclasses import replace

import pytest

from catalog.model import Table, Unique
from factories.sampling import sample
from tests.unit.factories.tables import Row, plan, rows, table

ORGS = table("organizations", "id:i name:t")
STAFF = table("members", "id:i organization_id:i email:t", keys="organization_id>organizations")
JOINED = table(
    "projects", "id:i organization_id:i owner_id:i name:t", keys="organization_id>organizations owner_id>members"
)
WORK = table(
    "tasks",
    "id:i organization_id:i project_id:i reporter_id:i assignee_id:i? parent_id:i? number:i",
    keys="organization_id>organizations project_id>projects reporter_id>members assignee_id>members parent_id>tasks",
)
WORK = replace(WORK, uniques=(*WORK.uniques, Unique("numbered", ("project_id", "number"))))
TALK = table(
    "comments", "id:i task_id:i author_id:i parent_id:i?", keys="task_id>tasks author_id>members parent_id>comments"
)
ON = replace(
    table("project_members", "project_id:i member_id:i", keys="project_id>projects member_id>members"),
    uniques=(Unique("project_members_pkey", ("project_id", "member_id"), primary=True),),
)
HOME = (ORGS, STAFF, JOINED, WORK, TALK, ON)
COUNTS = {"organizations": 30, "members": 60, "projects": 90, "tasks": 200, "comments": 300, "project_members": 60}


def home(title: str, **more: int) -> dict[object, Row]:
    found = rows(*HOME, of=title, count=400, rows=COUNTS | more)
    return {row.get("id", place): row for place, row in enumerate(found)}


def of(title: str) -> dict[object, object]:
    return {key: row["organization_id"] for key, row in home(title).items()}


def test_whoever_works_on_something_is_of_its_organization() -> None:
    """The keys of a task, one by a project, two by people, one of them optional."""
    projects, people = of("projects"), of("members")
    for task in home("tasks").values():
        told = {projects[task["project_id"]], people[task["reporter_id"]], task["organization_id"]}
        assert told | {people[task["assignee_id"] or task["reporter_id"]]} == {task["organization_id"]}


def test_two_ways_meet_though_the_row_has_no_key_there_itself() -> None:
    """A comment's author and its task are of one organization."""
    tasks, people = of("tasks"), of("members")
    assert all(people[row["author_id"]] == tasks[row["task_id"]] for row in home("comments").values())


def test_a_reply_is_to_something_on_the_same_task() -> None:
    """And may well be by somebody else."""
    found = home("comments")
    replies = [(row, found[row["parent_id"]]) for row in found.values() if row["parent_id"]]
    assert replies
    assert all(row["task_id"] == above["task_id"] for row, above in replies)
    assert any(row["author_id"] != above["author_id"] for row, above in replies)


def test_pairs_that_are_unique_agree_as_well() -> None:
    """A project's members are of its organization."""
    projects, people = of("projects"), of("members")
    found = home("project_members")
    assert len(found) == COUNTS["project_members"]
    assert all(projects[row["project_id"]] == people[row["member_id"]] for row in found.values())


def test_what_only_reads_better_is_not_looked_up_in_many_millions_of_rows() -> None:
    """Whatever agrees by itself still does, and an optional key is there as often as ever."""
    made = plan(*HOME, rows=COUNTS | {"members": 6_000_000, "comments": 6_000_000})
    found = sample(made, "tasks", 200)
    assert 100 < sum(row["assignee_id"] is not None for row in found) < 200
    assert sum(row["parent_id"] is not None for row in sample(made, "comments", 100)) > 50
    kept = {name[1].name for name in made.world.indexes if isinstance(name, tuple) and name[0] in ("index", "allowed")}
    assert not kept & {"members", "comments"}


def test_an_optional_key_leads_where_it_is_given() -> None:
    """An order goes to its customer's address; without one it has any customer."""
    customers = table("customers", "id:i name:t")
    addresses = table("addresses", "id:i customer_id:i city:t", keys="customer_id>customers")
    orders = table(
        "orders",
        "id:i customer_id:i shipping_address_id:i? billing_address_id:i?",
        keys="customer_id>customers shipping_address_id>addresses billing_address_id>addresses",
    )
    counts = {"customers": 40, "addresses": 60, "orders": 200}
    whose = {
        row["id"]: row["customer_id"]
        for row in rows(customers, addresses, orders, of="addresses", count=60, rows=counts)
    }
    found = rows(customers, addresses, orders, count=200, rows=counts)
    for order in found:
        given = {whose[order[name]] for name in ("shipping_address_id", "billing_address_id") if order[name]}
        assert given <= {order["customer_id"]}
    assert sum(order["billing_address_id"] is None for order in found) < 60


def test_who_comments_is_not_who_wrote() -> None:
    """A key to people that has the same name in both tables says who did it, not whose it is."""
    users = table("users", "id:i name:t")
    posts = table("posts", "id:i user_id:i title:t", keys="user_id>users")
    comments = table("comments", "id:i post_id:i user_id:i", keys="post_id>posts user_id>users")
    counts = {"users": 40, "posts": 60, "comments": 200}
    wrote = {row["id"]: row["user_id"] for row in rows(users, posts, comments, of="posts", count=60, rows=counts)}
    found = rows(users, posts, comments, count=200, rows=counts)
    assert sum(row["user_id"] != wrote[row["post_id"]] for row in found) > 100


def test_what_is_bought_is_whose_the_order_is() -> None:
    """The same name, where it does say whose it is."""
    users = table("users", "id:i name:t")
    orders = table("orders", "id:i user_id:i", keys="user_id>users")
    payments = table("payments", "id:i order_id:i user_id:i", keys="order_id>orders user_id>users")
    counts = {"users": 40, "orders": 60, "payments": 100}
    bought = {row["id"]: row["user_id"] for row in rows(users, orders, payments, of="orders", count=60, rows=counts)}
    found = rows(users, orders, payments, count=100, rows=counts)
    assert all(row["user_id"] == bought[row["order_id"]] for row in found)


def test_a_profile_is_of_the_account_that_watches() -> None:
    """And an invoice's client is its case's, where it has one, though both have a firm."""
    firms, accounts = table("firms", "id:i name:t"), table("accounts", "id:i name:t")
    profiles = table("profiles", "id:i account_id:i name:t", keys="account_id>accounts")
    seen = table("watch_history", "id:i account_id:i profile_id:i", keys="account_id>accounts profile_id>profiles")
    clients = table("clients", "id:i firm_id:i name:t", keys="firm_id>firms")
    cases = table("cases", "id:i firm_id:i client_id:i", keys="firm_id>firms client_id>clients")
    bills = table(
        "bills", "id:i firm_id:i client_id:i case_id:i?", keys="firm_id>firms client_id>clients case_id>cases"
    )
    counts = {"firms": 10, "accounts": 20, "profiles": 40, "watch_history": 90, "clients": 30, "cases": 50, "bills": 90}
    everything = (firms, accounts, profiles, seen, clients, cases, bills)
    whose = {row["id"]: row["account_id"] for row in rows(*everything, of="profiles", count=40, rows=counts)}
    watched = rows(*everything, of="watch_history", count=90, rows=counts)
    assert all(row["account_id"] == whose[row["profile_id"]] for row in watched)
    of = {row["id"]: row["client_id"] for row in rows(*everything, of="cases", count=50, rows=counts)}
    billed = [row for row in rows(*everything, count=90, rows=counts) if row["case_id"]]
    assert billed
    assert all(row["client_id"] == of[row["case_id"]] for row in billed)


def test_tables_that_point_at_each_other_lead_in_no_circle() -> None:
    """A department's head and an employee's department, both of a company."""
    companies = table("companies", "id:i name:t")
    departments = table("departments", "id:i company_id:i head_id:i?", keys="company_id>companies head_id>employees")
    employees = table(
        "employees", "id:i company_id:i department_id:i", keys="company_id>companies department_id>departments"
    )
    counts = {"companies": 20, "departments": 40, "employees": 100}
    asked = (companies, departments, employees)
    homes = {row["id"]: row["company_id"] for row in rows(*asked, of="departments", count=40, rows=counts)}
    found = rows(*asked, of="employees", count=100, rows=counts)
    assert all(row["company_id"] == homes[row["department_id"]] for row in found)


FOUND_AT = (
    table("companies", "id:i address_id:i? comment_id:i?", keys="address_id>addresses comment_id>comments"),
    table("addresses", "id:i company_id:i", keys="company_id>companies"),
)
ABOUT = table("comments", "id:i company_id:i address_id:i number:i", keys="company_id>companies address_id>addresses")
BUYING = (
    table("companies", "id:i order_item_id:i?", keys="order_item_id>order_items"),
    table("bookings", "id:i order_item_id:i? message_id:i?", keys="order_item_id>order_items message_id>messages"),
    table("order_items", "id:i company_id:i", keys="company_id>companies"),
)
SAID = table("messages", "id:i booking_id:i company_id:i number:i", keys="booking_id>bookings company_id>companies")


@pytest.mark.parametrize(
    ("others", "numbered", "within"), [(FOUND_AT, ABOUT, "address_id"), (BUYING, SAID, "company_id")]
)
def test_numbers_within_a_parent_lead_in_no_circle(others: tuple[Table, ...], numbered: Table, within: str) -> None:
    """Nor does what their parents have to offer, where these come to look at the numbered rows."""
    last = replace(numbered, uniques=(*numbered.uniques, Unique("in_turn", (within, "number"))))
    asked = (*others, last)
    counts = {one.name.name: 40 for one in asked}
    assert all(len(rows(*asked, of=one.name.name, rows=counts)) == 40 for one in asked)


@pytest.mark.parametrize("title", ["members", "projects", "tasks", "comments"])
def test_more_rows_leave_the_first_ones_as_they_are(title: str) -> None:
    """Of the table itself; whoever points at it keeps the row or goes to a new one."""
    before, after = home(title), home(title, **{title: COUNTS[title] + 50})
    moved = [key for key, row in before.items() if {**row, "parent_id": 0} != {**after[key], "parent_id": 0}]
    assert not moved
