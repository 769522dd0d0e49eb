"""The settings in words: the commented greenroom.toml that `greenroom init` writes, and docs/settings.md.

Both are made from the declarations, so that they say what the code does and forget nothing.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from pydantic.fields import FieldInfo

from catalog.errors import Failure, Refusal
from operations.settings.all_fields import Fields
from operations.settings.sources import FILE, variable
from operations.settings.values import about

_WIDTH = 100
_ONLY_OUTSIDE = "config"  # names the file, so it cannot stand in it

_FILE_OPENS = f"""\
# Greenroom's settings. Every line that begins with #name shows a default, or an example where there is no default:
# take the # away to change it. Found in the current folder as {FILE}, or where GREENROOM_CONFIG says.
#
# The command line goes before a scenario, that before the environment, the environment before the file .env, and that
# before this file.
# Paths that are not absolute begin at the current folder.
"""
_KEEP_OUT = "A secret: better kept in the environment or in .env than here, where it may be committed."

_PAGE_OPENS = f"""\
# Settings

This page is made from the code: `operations/settings/all_fields.py` declares what is listed here.

For each setting, the first of these that gives it wins:

1. the command line;
2. the scenario, if one is chosen ([what it may say](test-data.md#scenarios));
3. the environment;
4. the file `.env` in the current folder, which may be the application's own: names that are not listed here are left
   alone;
5. `{FILE}` in the current folder, or the file that `GREENROOM_CONFIG` names;
6. the default.

`greenroom init` writes a `{FILE}` that explains every setting.

- A key in `{FILE}` that is not listed here is refused, and so is a variable that begins with `GREENROOM_`; the
  refusal names the nearest one that exists.
- A variable that is set but empty counts as not set.
- A list in a variable has commas between its words.
- Paths that are not absolute begin at the current folder.
- Passwords and keys are best kept in the environment or in `.env`. They are never shown, logged, or repeated in an
  error.
- boto3's variables for the backup store (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`,
  `AWS_ENDPOINT_URL_S3` and so on) are read by boto3 itself, from the environment and not from `.env`.
"""


def write(path: Path) -> None:
    """Write a settings file that explains every setting and changes none.

    Raises Refusal if there is a file already, Failure if it cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(settings_text())
    except FileExistsError:
        todo = "Change that file, or move it away and run again."
        raise Refusal(f"there is a file {path} already", todo=todo) from None
    except OSError as error:
        raise Failure(f"{path} cannot be written", why=error.strerror or "") from None


def settings_text() -> str:
    """The commented settings file, tables at its end, where TOML wants them."""
    keys = [(name, field) for name, field in Fields.model_fields.items() if name != _ONLY_OUTSIDE]
    plain = [(name, field) for name, field in keys if not about(field).table]
    tables = [(name, field) for name, field in keys if about(field).table]
    sections = groupby(plain, key=lambda item: about(item[1]).section)
    blocks = [_section(section, tuple(items)) for section, items in sections]
    return "\n".join([_FILE_OPENS, *blocks, _section("Tables; nothing but them may follow", tuple(tables))])


def settings_reference() -> str:
    """The text of docs/settings.md."""
    sections = dict.fromkeys(about(field).section for field in Fields.model_fields.values())
    return "\n".join([_PAGE_OPENS, *map(_chapter, sections)])


def _chapter(section: str) -> str:
    """One section of the page: its heading and its table."""
    fields = Fields.model_fields.items()
    rows = "".join(_row(name, field) for name, field in fields if about(field).section == section)
    return f"## {section}\n\n| key | variable | default | meaning |\n| --- | --- | --- | --- |\n{rows}"


def _section(title: str, items: tuple[tuple[str, FieldInfo], ...]) -> str:
    entries = "\n".join("\n".join(_entry(name, field)) + "\n" for name, field in items)
    return f"# ---- {title} ----\n\n{entries}"


def _entry(name: str, field: FieldInfo) -> Iterator[str]:
    """The lines of one setting in the file."""
    words = about(field)
    absent = f" If not set: {words.absent}." if words.absent else ""
    yield from _comment(words.meaning)
    yield from _comment(f"Value: {words.wanted}. Variable: {variable(name, field)}.{absent}")
    if words.secret:
        yield f"# {_KEEP_OUT}"
    if words.table:
        yield f"#[{name}]"
        yield f"#{words.example}"
    else:
        yield f"#{name} = {words.example or _default(field)}"


def _comment(text: str) -> list[str]:
    return wrap(text.replace("`", ""), _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)


def _row(name: str, field: FieldInfo) -> str:
    words = about(field)
    key = "" if name == _ONLY_OUTSIDE else f"`[{name}]`" if words.table else f"`{name}`"
    default = words.absent or _code(field)
    return f"| {key} | `{variable(name, field)}` | {default} | {words.meaning} Value: {words.wanted}. |\n"


def _code(field: FieldInfo) -> str:
    return "not set" if field.default is None else f"`{_default(field)}`"


def _default(field: FieldInfo) -> str:
    """The default as a TOML value."""
    match field.default:
        case bool() as flag:
            return str(flag).lower()
        case int() | float() as number:
            return str(number)
        case tuple() as items:
            return json.dumps([str(item) for item in items])
    return json.dumps(str(field.default), ensure_ascii=False)
