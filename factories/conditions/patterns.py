"""Patterns of LIKE and SIMILAR TO as regular expressions."""


def as_regular_expression(operator: str, pattern: str) -> str:
    """What a text matches if the operator finds it like the pattern; empty if the operator is none of these."""
    if operator in ("~", "~*"):
        return pattern
    return from_like(pattern) if operator in ("~~", "~~*") else ""


def from_like(pattern: str) -> str:
    """A LIKE pattern as a regular expression."""
    return f"^{_written(pattern, '')}$"


def with_backslashes(pattern: str, escape: str) -> str:
    """A LIKE pattern with another escape sign than the backslash, written with that."""
    plain = pattern.replace("\\", "\\\\")
    return plain.replace(escape * 2, "\0").replace(escape, "\\").replace("\0", escape)


def from_similar(pattern: str) -> str:
    """A SIMILAR TO pattern as a regular expression: most signs that are special there mean the same here."""
    found = _written(pattern, "|*+?{}()[]-^,")
    return f"^({found})$" if "|" in found else f"^{found}$"


_SPECIAL = {"%": ".*", "_": "."}


def _written(pattern: str, kept: str) -> str:
    """The pattern with its wild cards and escapes written otherwise; `kept` are signs that keep their meaning."""
    pieces, escaped, listed = [], False, False  # within [ ] wild cards are plain signs
    for sign in pattern:
        if sign == "\\" and not escaped:
            escaped = True
            continue
        plain = sign if sign.isalnum() else f"\\{sign}"
        meant = sign if sign in kept else plain
        pieces.append(plain if escaped else meant if listed else _SPECIAL.get(sign, meant))
        if "[" in kept and not escaped:
            listed = sign == "[" or (listed and sign != "]")
        escaped = False
    return "".join(pieces)
