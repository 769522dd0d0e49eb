"""A schema in the spelling that a dump and restore does not change."""

import re
from dataclasses import replace

from catalog.fingerprint import fingerprint
from catalog.model import Catalog, SchemaObject

_CASTS = re.compile(r"::(?:character varying|text|bpchar)(?:\[\])?|[()\s]")

_HEIR = re.compile(r"(?:^|\s)inherits\s").search


def settled_fingerprint(catalog: Catalog, *, ordered: bool = False) -> str:
    """The schema's fingerprint without casts among text types, parentheses and white space.

    PostgreSQL prints `ARRAY['a'::varchar]::text[]` for what, once restored, it prints as `ARRAY['a'::varchar::text]`,
    so the plain fingerprint of a database may differ from that of its own restored dump. The version of an extension is
    left out too: it is restored in the one that the server offers. So is the order of columns in a table that inherits:
    a restore puts its parents' first. It is `ordered` all the same in a backup of format 3 or before.
    """
    heirs = (
        () if ordered else {item.name for item in catalog.objects if item.kind == "table" and _HEIR(item.definition)}
    )
    objects = (item for item in catalog.objects if item.kind != "column order" or item.name not in heirs)
    return fingerprint(replace(catalog, objects=tuple(replace(item, definition=_settled(item)) for item in objects)))


def _settled(item: SchemaObject) -> str:
    return "" if item.kind == "extension" else _CASTS.sub("", item.definition)
