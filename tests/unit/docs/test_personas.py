"""The testers' page lists the personas there are, and its factory is one that works."""

import re
from pathlib import Path
from typing import Any

from factories.tables.people import PERSONAS
from factories.tables.standing import standing
from tests.unit.docs.test_tables import table
from tests.unit.factories import tables
from tests.unit.factories.test_personas import catalog, drawn, rows

PAGE = "docs/personas.md"
ROOT = Path(__file__).parents[3]


def test_the_page_lists_every_persona() -> None:
    """With id, key, role, name, address and what it is for."""
    expected = [(str(one.number), f"`{one.key}`", one.role, one.shown, f"`{one.email}`", one.about) for one in PERSONAS]
    assert table(PAGE, "id", "key", "role", "name", "address", "what for") == expected


def test_the_pages_factory_works() -> None:
    """Its personas are in the rows of a table such as it is written for."""
    (code,) = re.findall(r"^```python\n(.*?)^```", (ROOT / PAGE).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    module: dict[str, Any] = {}
    exec(code, module)  # noqa: S102  # the page's own code
    members = tables.table(
        "members", "id:i first_name:t last_name:t email:t role:t seats:i external_id:t", unique="email external_id"
    )
    notes = tables.table("notes", "id:i member_id:i", keys="member_id>members")
    plan = drawn(members, notes, factories=(module["MemberFactory"],))
    assert [found.persona.key for found in standing(plan, catalog(members, notes))] == ["owner", "guest", "new"]
    assert [row["seats"] for row in rows(plan, "members")][1] == 0
    assert 3 not in {row["member_id"] for row in rows(plan, "notes")}
