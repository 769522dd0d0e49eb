"""A schema in the spelling that a dump and restore does not change."""

import re
from dataclasses import replace

from catalog.fingerprint import fingerprint
from catalog.model import Catalog, SchemaObject

_CASTS = re.compile(r"::(?:character varying|text|bpchar)(?:\[\])?|[()\s]")


def settled_fingerprint(catalog: Catalog) -> str:
    """The schema's fingerprint without casts among text types, parentheses and white space.

    PostgreSQL prints `ARRAY['a'::varchar]::text[]` for what, once restored, it prints as `ARRAY['a'::varchar::text]`,
    so the plain fingerprint of a database may differ from that of its own restored dump. The version of an extension is
    left out too: it is restored in the one that the server offers.
    """
    objects = tuple(replace(item, definition=_settled(item)) for item in catalog.objects)
    return fingerprint(replace(catalog, objects=objects))


def _settled(item: SchemaObject) -> str:
    return "" if item.kind == "extension" else _CASTS.sub("", item.definition)
