"""A schema in the spelling that a dump and restore does not change."""

import re
from dataclasses import replace

from catalog.fingerprint import fingerprint
from catalog.model import Catalog

_CASTS = re.compile(r"::(?:character varying|text|bpchar)(?:\[\])?|[()\s]")


def settled_fingerprint(catalog: Catalog) -> str:
    """The schema's fingerprint without casts among text types, parentheses and white space.

    PostgreSQL prints `ARRAY['a'::varchar]::text[]` for what, once restored, it prints as `ARRAY['a'::varchar::text]`,
    so the plain fingerprint of a database may differ from that of its own restored dump.
    """
    objects = tuple(replace(item, definition=_CASTS.sub("", item.definition)) for item in catalog.objects)
    return fingerprint(replace(catalog, objects=objects))
