"""The factories in an application's own tests: SQLAlchemy models of its eight tables, on a real PostgreSQL."""

import enum
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, new_class
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from factory import LazyAttribute
from sqlalchemy import Connection, create_engine, func, make_url, pool, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import factories
from database.endpoints import Scratch
from factories.tables import WRITTEN
from factories.written.declare import TableFactory
from tests.integration.factories.test_factories_page import block

EXAMPLE = Path(__file__).parents[3] / "examples" / "autonomica"
EIGHT = "0003"


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """The application's models, as its tests import them."""
    monkeypatch.syspath_prepend(str(EXAMPLE))
    monkeypatch.delitem(sys.modules, "models", raising=False)
    yield import_module("models")
    del sys.modules["models"]


@pytest.fixture
def connection(scratch: Scratch) -> Iterator[Connection]:
    """The eight tables alone, as the application's migrations make them, in a transaction that is taken back."""
    engine = create_engine(make_url(scratch.url).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    config = Config(EXAMPLE / "alembic.ini")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, EIGHT)
        connection.commit()
        with connection.begin():
            yield connection


@pytest.fixture
def ours(models: ModuleType, connection: Connection) -> Iterator[Any]:
    """The page's factories, bound to the connection."""
    del models
    written: dict[str, Any] = {}
    heading = "In the application's own tests"
    for place in (0, 1):
        exec(block("python", heading, place), written)  # noqa: S102  # our own page
    written["Session"].configure(bind=connection)
    yield written
    written["Session"].remove()


def test_the_models_are_the_eight_tables(models: ModuleType, connection: Connection) -> None:
    """Alembic finds no difference between them and what the migrations make."""
    differences = compare_metadata(MigrationContext.configure(connection), models.Base.metadata)
    assert [d for d in differences if "alembic_version" not in str(d)] == []
    assert len(models.Base.metadata.tables) == 8


def test_the_pages_factories_fill_a_session(ours: Any, models: ModuleType) -> None:
    """Objects with their parents, traits, overrides through a parent, batches; what is only built is in no session."""
    ours["test_a_failed_task_is_shown_to_its_owner"]()
    session = ours["Session"]
    (task,) = session.scalars(select(models.Task)).all()
    assert (task.status, task.cost_tokens, task.agent.name) == (models.TaskStatus.FAILED, 0, "Juniper")
    assert (task.user.email, task.user.role) == ("ada.admin+clerk_test@example.com", models.UserRole.ADMIN)
    assert task.agent.user is not task.user
    assert isinstance(task.agent.capabilities, list)
    pieces = session.scalars(select(models.ContentPiece)).all()
    assert [piece.author for piece in pieces] == [task.user] * 5
    assert all(piece.kind and piece.title for piece in pieces)
    assert session.scalar(select(func.count()).select_from(models.Task)) == 1


def test_every_factory_of_the_eight_tables_builds_its_model(models: ModuleType, connection: Connection) -> None:
    """Sixty rows of each go into the database as they are, their parents given."""
    made = {model.__tablename__: model for model in models.Base.__subclasses__()}
    written = [item for item in WRITTEN if item.table() in made]
    assert {item.table() for item in written} == set(made)
    with Session(bind=connection) as session:
        users = bound(factories.UserFactory, models.User, session).create_batch(60)
        session.flush()
        for item in written[1:]:
            model = made[item.table()]
            bound(item, model, session).create_batch(
                60, **{"user_id": users[0].id} if hasattr(model, "user_id") else {}
            )
        session.flush()
        counts = {
            item.table(): session.scalar(select(func.count()).select_from(made[item.table()])) for item in written
        }
    assert counts == {item.table(): 60 for item in written}


def bound(item: type[TableFactory], model: Any, session: Session) -> Any:
    """A subclass of the factory for the model, in the session."""
    meta = type("Meta", (), {"model": model, "sqlalchemy_session": session})
    return new_class(item.__name__, (item,), exec_body=lambda body: body.update(Meta=meta))


def test_a_subclass_declares_in_either_way(models: ModuleType) -> None:
    """A recipe, a plain value, or factory_boy's own declaration in place of ours; the rows of others stay."""

    class Mine(factories.UserFactory):
        class Meta:
            model = models.User

        role = factories.Column(factories.Constant("VIEWER"))
        is_active = False  # type: ignore[assignment]  # so it is written in tests of an application
        last_name: Any = LazyAttribute(lambda user: user.first_name.upper())

    mine, theirs = Mine.build(_row=20), factories.UserFactory.build(_row=20)
    assert (mine.role, mine.is_active, mine.last_name) == (
        models.UserRole.VIEWER,
        False,
        theirs["first_name"].upper(),
    )
    assert (mine.email, mine.clerk_id) == (theirs["email"], theirs["clerk_id"])
    assert factories.UserFactory.build(_row=20) == theirs
    Mine.reset_sequence()
    assert Mine().email == factories.UserFactory.build(_row=0)["email"]


def test_a_label_that_the_models_enum_lacks_is_told() -> None:
    """With the enum's name and the label; a subclass that declares the column is the way on."""

    class Role(enum.Enum):
        OWNER = "OWNER"

    class Base(DeclarativeBase):
        pass

    class User(Base):
        __tablename__ = "users"
        id: Mapped[int] = mapped_column(primary_key=True)
        role: Mapped[Role]

    class Mine(factories.UserFactory):
        class Meta:
            model = User

    with pytest.raises(ValueError, match='Role has no member for "ADMIN"'):
        Mine.build(_row=0)


def test_what_is_no_model_is_called_as_it_is() -> None:
    """A class of one's own gets what the factory declares, but for keys of parents."""

    class Piece:
        def __init__(self, **told: Any) -> None:
            self.told = told

    class Mine(factories.ContentPieceFactory):
        class Meta:
            model = Piece

    assert set(Mine.build().told) == set(factories.ContentPieceFactory.columns()) - {"user_id"}
