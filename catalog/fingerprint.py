"""One short name for a schema: equal for equal schemas, whatever the roles or the server."""

import hashlib
import json

from catalog.model import Catalog


def fingerprint(catalog: Catalog) -> str:
    """The schema's SHA-256 over its sorted objects, 64 hex digits."""
    digest = hashlib.sha256()
    for item in sorted(catalog.objects):
        digest.update(json.dumps([item.kind, item.name, item.definition]).encode() + b"\n")
    return digest.hexdigest()
