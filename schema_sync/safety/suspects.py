"""Which lines could hold anything of somebody's: a coarse question, asked of a whole batch at once.

Whatever the exact rules find has to be found here, too; most lines are not, and are never looked at again. What is
reserved is taken out before a line is asked the second time, as nearly all that we make is on reserved domains.
A line is asked as a reader takes its signs. Lines are of COPY's text format, in which a backslash stands before an `n`
for a line break. The engine is RE2.
"""

from collections.abc import Iterable

import pyarrow
from pyarrow import compute

from schema_sync.safety import numbers, phones
from schema_sync.safety.hosts import RESERVED, TOP
from schema_sync.safety.leaves import name_words
from schema_sync.safety.plain import plain_lines

_NAMED = r"(?:phone|fax|mobile|tel|cell|msisdn|whatsapp|telefon|handy|sms|ssn|security|insurance|card|visa)"
_ALWAYS = (
    r"[^\s@]@[^\s@]+\.[a-z\x80-\xff]{2}",  # an e-mail address
    r":(?:\\\\)?/(?:\\\\)?/",  # a URL, in a document with its slashes escaped
    r"www\.",
    rf"\w\.(?:{TOP})(?:\W|$)",
    r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}",
    r"[23][0-9a-f]{3}:[0-9a-f:]*:",  # the beginning of an IPv6 address
    r"[0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}[:-][0-9a-f]{2}",
    r"\+[1-9][ ().\-/]{0,2}\d[ ().\-/]{0,2}\d[ ().\-/]{0,2}\d[ ().\-/]{0,2}\d[ ().\-/]{0,2}\d",
    r"\(\d{3}\) ?\d{3}[ -]\d{4}|[2-9]\d\d[.-][2-9]\d\d[.-]\d{4}|00[1-9]\d{0,2}[ ./-]\(?\d",
    r"tel:",
    rf'{_NAMED}[\w -]*\\*"\s*:\s*\\*"?[(+\d]',  # a document's key that says so
    r"[2-6]\d{3}(?:\d{10}|[ .-]\d{4}[ .-]\d{4}[ .-]\d|[ .-]\d{6}[ .-]\d{4})",  # a card number
    rf"(?:^|[^a-z0-9]|\\[a-z])(?:{numbers.COUNTRIES})\d\d(?:[ -]?[a-z0-9]{{4}}){{2}}[ -]?[a-z0-9]{{3}}",  # an IBAN
    r"(?-i:A3T|ABIA|ACCA|AKIA|ASIA|AC[a-z0-9]{32}|SK[a-z0-9]{32}|SG\.|AIza|eyJ|GR1348941)",
    r"gh[pousr]_|github_pat_|gl\w{2,5}-\w{4}|npm_\w{8}|pypi-age|sq0csp|sk-|[rs]k_\w{4}_|whsec_|xkeysib-|xox\w-",
    r"key-[0-9a-f]{8}|re_\w{8}|hf_\w{8}|\d{8}:[\w-]{35}|[0-9a-f]{8}-us\d|aws|accountkey=|private key|authtoken",
    r"pk_live_|gsk_\w{8}|r8_\w{8}|lin_api_|xai-\w{8}|pplx-\w{8}|nvapi-|dop_v1_|shp\w\w_|ya29\.|pat-..\d-|ATATT3|AGE-SECRET",
    r"\\\\u[0-9a-f]{4}",  # a document that writes letters by their numbers
)
_NUMBER = r"\d(?:[ ().\-/]{0,2}\d){5}"
_END = r"(?:\.?[^\w.@-]|\.?$)"
_NOBODYS = (
    rf"(?:^|[^\w.-])(?:[\w-]+\.)*(?:{RESERVED})(?::\d+)?{_END}",
    r"(?:^|[^\w.])(?:192\.0\.2|198\.51\.100|203\.0\.113|192\.168\.\d+|(?:10|127)\.\d+\.\d+)\.\d+",
    r"(?:^|[^\w:])2001:db8:[0-9a-f:]*",
    r"(?:^|[^\w:-])[0-9a-f][26ae](?:[:-][0-9a-f]{2}){5,7}",
    r"(?:^|[^\d+ .()-]|\+1[ .-]?|: )(?:1[ .-]?)?\(?[2-9]\d\d\)?[ .-]*555[ .-]?01\d\d\b",
    r"\+44 ?(?:7700 ?900|20 ?7946 ?0)\d{3}|\+49 ?(?:30 ?23125|40 ?66969|69 ?90009|89 ?99998|221 ?4710)\d{3}",
    r"0000 0000 0000 \d{4}",
)


def suspects(lines: pyarrow.BinaryArray, columns: Iterable[str]) -> pyarrow.BinaryArray:
    """The lines that may hold something, of a table with these columns."""
    if not len(lines):
        return lines
    asked, shown = _question(columns), plain_lines(lines)
    first = compute.match_substring_regex(shown, asked)
    found = lines.filter(first)
    if not len(found):
        return found
    rest = compute.replace_substring_regex(shown.filter(first), f"(?i){'|'.join(_NOBODYS)}", " ")
    return found.filter(compute.match_substring_regex(rest, asked))


def _question(columns: Iterable[str]) -> str:
    """Where a column's name says that it holds somebody's numbers, any number is one to look at."""
    called = (phones.NAMED, numbers.NAMED, numbers.NAMED_CARD)
    named = any(pattern.search(name_words(n)) for n in columns for pattern in called)
    return f"(?i){'|'.join((*_ALWAYS, _NUMBER) if named else _ALWAYS)}"
