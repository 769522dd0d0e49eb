"""Rows as objects: what a factory declares, fitted to the SQLAlchemy model that an application maps to the table."""

import enum
import json
from collections.abc import Container
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy import JSON, DateTime, Enum, inspect
from sqlalchemy.orm import Mapper
from sqlalchemy.types import TypeEngine

if TYPE_CHECKING:  # the stubs make it generic, which it is not when the program runs
    _Factory = SQLAlchemyModelFactory[Any]
else:
    _Factory = SQLAlchemyModelFactory


class ModelFactory(_Factory):
    """Builds dicts, or objects of the model in Meta; creates them in the session that Meta names, if it names one."""

    class Meta:
        """Of no model of its own."""

        abstract = True

    @classmethod
    def _build(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        return super()._build(model_class, *args, **_fitted(model_class, kwargs, cls._meta.base_declarations))

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        """Without a session it builds, as there is nothing to save it in."""
        options: Any = cls._meta
        if not (options.sqlalchemy_session or options.sqlalchemy_session_factory):
            return cls._build(model_class, *args, **kwargs)
        return super()._create(model_class, *args, **_fitted(model_class, kwargs, options.base_declarations))


def _fitted(model: Any, values: dict[str, Any], declared: Container[str]) -> dict[str, Any]:
    """The values by the model's attributes, without the declared columns that it does not map."""
    mapper = _mapper(model)
    if mapper is None:
        return values
    attributes = {column.name: attribute.key for attribute in mapper.column_attrs for column in attribute.columns}
    named = {name if name in mapper.attrs else attributes.get(name, name): value for name, value in values.items()}
    return {name: value for name, value in named.items() if name in mapper.attrs or name not in declared}


def as_mapped(model: Any, column: str, value: Any) -> Any:
    """A value as the model's column has it: a document, a member of its enum, a moment with a zone or without."""
    mapper = _mapper(model)
    kinds = (
        (c.type for attribute in mapper.column_attrs for c in attribute.columns if c.name == column) if mapper else ()
    )
    return _as_kind(next(iter(kinds), None), value)


def _as_kind(kind: "TypeEngine[Any] | None", value: Any) -> Any:
    match kind, value:
        case JSON(), str():
            return json.loads(value)
        case Enum(enum_class=members), str() if members is not None:
            return _member(members, value)
        case DateTime(timezone=False), datetime(tzinfo=zone) if zone is not None:
            return value.astimezone(UTC).replace(tzinfo=None)
    return value


def _member(members: type[enum.Enum], label: str) -> enum.Enum:
    for member in members:
        if label in (member.name, member.value):
            return member
    raise ValueError(
        f'{members.__name__} has no member for "{label}", which the factory gives: declare the column anew'
    )


def _mapper(model: Any) -> "Mapper[Any] | None":
    return inspect(model, raiseerr=False) if isinstance(model, type) else None
