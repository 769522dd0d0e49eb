"""Reading and writing the small JSON objects of a store, strictly."""

from typing import TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from catalog.errors import Failure

STRICT = ConfigDict(strict=True, extra="forbid", ser_json_inf_nan="null", allow_inf_nan=False)

Value = TypeVar("Value")


def to_json(adapter: TypeAdapter[Value], value: Value, *, exclude_none: bool = False) -> bytes:
    """The value as indented JSON, ending in a newline."""
    return adapter.dump_json(value, indent=2, exclude_none=exclude_none) + b"\n"


def from_json(adapter: TypeAdapter[Value], text: bytes, name: str) -> Value:
    """The value that the object `name` holds.

    Raises Failure, naming the object and the first thing wrong with it, if anything is missing, unknown, or of the
    wrong type.
    """
    try:
        return adapter.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Failure(
            f"{name} cannot be read",
            why=f"{place}: {first['msg']}" if place else first["msg"],
            todo="Leave the object where it is and look at what wrote it; no other backup is affected.",
        ) from None
