"""What could be somebody's is found, and what is nobody's is not: example by example, without a server."""

import json
from collections.abc import Callable

import pyarrow
import pytest

from database.contents.texts import TextColumn
from schema_sync.safety.hit import Kind, masked
from schema_sync.safety.scan import hits, rules_for
from schema_sync.safety.suspects import suspects

TOKEN = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"  # 36 signs

SOMEBODYS = {
    Kind.EMAIL: (
        "ann@corp.io", "write to <Bob.Smith+x@Mail.Example.Co>, please", "bob@myexample.com", "bob@example.com.corp.io",
        "erika@müller.de", "mailto:ann@corp.io?subject=x", "a@example.company.com", "first\nann@corp.io",
        "'ann o' <ann@corp.io>",
    ),
    Kind.HOST: (
        "https://acme.io/x", "http://www.acme.shop", "see www.acme.shop/a.", "//x wss://live.acme.dev:8443/socket",
        "https://user:pw@db.acme.net/", "postgresql://u:p@db.acme.net:5432/x", "acme.com", "visit acme.org today",
        "shop.acme.co.uk", "https://example.com.acme.io", "https://example.com@evil.xyz/", "https://müller.de/",
        "https://hooks.slack.com/x", "HTTPS://ACME.IO",
        "see //cdn.acme.com/x.js",
    ),
    Kind.PHONE: (
        "+49 151 23456789", "+4915123456789", "call (415) 867-5309 now", "tel:+14158675309", "+1 415 867 5309",
        "+44 20 7123 4567", "+33 1 42 68 53 00", "call 415-867-5309", "415.867.5309",
        "0033 1 42 68 53 00", "0049-151/23456789",
    ),
    Kind.ADDRESS: (
        "8.8.8.8", "http://8.8.4.4/x", "from 93.184.216.34:443", "2606:4700:4700::1111", "https://[2606:4700::1]/",
        "91.198.174.192/24",
    ),
    Kind.HARDWARE: ("00:1b:44:11:3a:b7", "00-1B-44-11-3A-B7", "84:1b:44:ff:fe:11:3a:b7"),
    Kind.CARD: ("4539578763621486", "paid with 5425 2334 3010 9903", "3714-496353-98449", "card 6011000990139432.",
        "4539.5787.6362.1486", "4155550123456781", "6221268888888883", "6759 6498 2643 8453", "2200123456789019"),
    Kind.IBAN: ("FR1420041010050500013M02606", "NL91 ABNA 0417 1643 00", "to DE75512108001245126199.",
        "GB33-BUKB-2020-1555-5555-55", "nl91abna0417164300", "to de75 5121 0800 1245 1261 99 and then",
        "NO9386011117947"),
    Kind.KEY: (
        "AKIAIOSFODNN7QWERTYU", f"ghp_{TOKEN}", f"github_pat_{TOKEN}{TOKEN}", "sk_live_4eC39HqLyjWDarjtT1zdp7dc",
        "xoxb-123456789012-abcdefABCDEF", f"AIza{TOKEN[:35]}", "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2ln", f"sk-ant-api03-{TOKEN}", "glpat-a1B2c3D4e5F6g7H8i9J0",
        f"npm_{TOKEN}", f"123456789:{TOKEN[:35]}", f"SG.{TOKEN[:22]}.{TOKEN}{TOKEN[:7]}", f"hf_{'abcdeFGHIJ' * 3}",
        "0123456789abcdef0123456789abcdef-us12", f"sk_test_{TOKEN}", f"whsec_{TOKEN}", f"re_{TOKEN[:8]}_{TOKEN[:20]}",
        f"gsk_{TOKEN}", f"xai-{TOKEN}", f"shpat_{'0123456789abcdef' * 2}", f"ya29.{TOKEN}",
        f"dop_v1_{'0123456789abcdef' * 4}",
        f"ATATT3{TOKEN}", f"AGE-SECRET-KEY-1{TOKEN.upper()}{TOKEN.upper()}", f"pat-na1-{'0123456789abcdef'}",
    ),
}  # fmt: skip

NOBODYS = (
    # reserved domains, in every place
    "a@example.com b@example.org c@example.net d@x.example e@y.test f@z.invalid G@SUB.EXAMPLE.COM h@localhost",
    "https://www.example.com/x?next=https://shop.example/a", "http://localhost:8000", "amqp://queue:5672/vhost",
    "https://müller.example/", "redis://cache.internal:6379", "see shop.example.",
    "no address: a@b, @corp, mail at corp",
    # names of files, packages, versions, events
    "logo@2x.png", "npm i react@18.2.0-rc.1 @types/node@20", "README.md", "main.py", "com.acme.orders.Order",
    "org.springframework.boot", "user.signed.in", "ex_.de", "order.is", "task.io", "Node.js", "ASP.NET",
    "java.net.URL", "System.Net", "std::string::npos",
    "project.created", "billing.invoice.paid", "1.2.3.4", "version 5.10.102.1", "v120.0.6099.109", "1.3.6.1.4.1.311",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.6099.109 Safari/537.36",
    "http://www.w3.org/2000/svg", "https://schema.org/Person", "https://json-schema.org/draft/2020-12/schema",
    # addresses of nobody
    "192.0.2.7 198.51.100.3 203.0.113.9 10.1.2.3 192.168.1.1 127.0.0.1 172.16.0.9 0.0.0.0/0 255.255.255.255 224.0.0.1",
    "2001:db8::1 ::1 fe80::1 fd00::7 ff02::1", "2001:db8:0:1::/64", "12:34:56", "20:26:11", "2026:11:28",
    "00:00:5e:00:53:af", "02:00:5e:10:00:00:00:01", "02:1b:44:11:3a:b7", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff",
    "20-26-11-28-10-20", "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89",
    # numbers kept for fiction, and numbers that are none
    "+1 212-555-0123", "(212) 555-0199", "tel:+12125550100", "+44 7700 900123", "+44 20 7946 0123", "+49 30 23125 123",
    "+33 1 99 00 12 34", "+46 8 465 004 12", "+61 491 570 156", "+1 555 123 4567", "2026-11-28 18:00:00+00", "+0530",
    "1 + 2 + 300000000", "Q3+2027 12",
    "123-456-7890", "212-555-0134", "415.867.53091", "// a remark. End", "0012345678901", "+1 212-555-0123 ext 4",
    # cards and accounts of nobody
    "4242 4242 4242 4242", "4111111111111111", "0000 0000 0000 1234", "1234567890123456", "2026-03-01 2026-03-08",
    "123e4567-e89b-42d3-a456-426614174000", "9007199254740993", "1732788000000000000", "XX00 TEST 0000 000123",
    "DE89 3704 0044 0532 0130 00", "DE13000000000000012345", "AB12 CDEF 3456",
    "de89370400440532013000", "550e8400-e29b-41d4-a716-446655440000",
    # keys that say so themselves, and what is no key
    "fake_8f14e45fceea167a5a36dedd4bea2543", "AKIAIOSFODNN7EXAMPLE", "sk_test_fake0123456789abcdef", "eyJust a word",
    "8f14e45fceea167a5a36dedd4bea2543", "sk-", "ACME-2026", "user_2abcDEFghiJKLmnoPQRstuVWXyz", "the aws bill",
    "AP0001234567", "re_engagement_emails_for_inactive_customers", "sk_test_fixtures_for_customers",
)  # fmt: skip

NAMED = {  # where the column's name says what it is
    ("phone", "4158675309"): Kind.PHONE,
    ("homePhone", "0151 23456789"): Kind.PHONE,
    ("mobile_number", "4915123456789"): Kind.PHONE,
    ("phone", "0761 5550123"): Kind.PHONE,
    ("ssn", "123-45-6789"): Kind.PERSON,
    ("card_number", "4539578763628"): Kind.CARD,
    ("last_ip", "5.9.1.2"): Kind.ADDRESS,
    ("domain", "acme.shop"): Kind.HOST,
    ("serverHost", "db-1.acme.io:5432"): Kind.HOST,
}
RULES = rules_for("DE")
PLACES: dict[str, Callable[[str], str]] = {
    "text": lambda text: text,
    "jsonb": lambda text: json.dumps({"a": [1, {"b": f"x {text}"}]}, ensure_ascii=False),
    "json": lambda text: json.dumps({text: None}),
    "_text": lambda text: f'{{x,"{_quoted(text)}"}}',
    "xml": lambda text: f"<p>{text}</p>",
    "hstore": lambda text: f'"a"=>"{_quoted(text)}"',
}


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def line(text: str) -> bytes:
    """The text as COPY writes it."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").encode() + b"\n"


def suspected(text: str, *names: str) -> bool:
    return len(suspects(pyarrow.array([line(text)], pyarrow.binary()), names)) == 1


def kinds(text: str, kind: str = "text", name: str = "a") -> set[Kind]:
    types = {kind, "text"} if kind == "_text" else {kind}
    return {hit.kind for hit in hits(TextColumn(name, frozenset(types)), text, RULES) if hit.sound}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SOMEBODYS.items() for text in texts])
def test_what_could_be_somebodys_is_found(kind: Kind, text: str, place: str) -> None:
    """In a text, a document, an array; and the coarse question lets none of it pass."""
    held = PLACES[place](text)
    assert kind in kinds(held, place)
    assert suspected(held)


def wide(text: str) -> str:
    """The text in full-width signs, as in Japanese."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


def digits(text: str, zero: str) -> str:
    """The text with digits of another script, which begin with that zero."""
    return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)


DISGUISED = {  # what a reader sees, or a browser and a telephone take, in other signs
    wide("ann@corp.io"): Kind.EMAIL,
    "ann\N{ZERO WIDTH SPACE}@co\N{ZERO WIDTH SPACE}rp.io": Kind.EMAIL,
    "ann@corp\N{IDEOGRAPHIC FULL STOP}io": Kind.EMAIL,
    "\N{RIGHT-TO-LEFT OVERRIDE}ann@corp.io\N{POP DIRECTIONAL FORMATTING}": Kind.EMAIL,
    wide("https://acme.io/"): Kind.HOST,
    "www\N{ONE DOT LEADER}acme.shop": Kind.HOST,
    wide("+49 151 23456789"): Kind.PHONE,
    "+49\N{NO-BREAK SPACE}151\N{NON-BREAKING HYPHEN}23456789": Kind.PHONE,
    digits("+49 151 23456789", "\N{ARABIC-INDIC DIGIT ZERO}"): Kind.PHONE,
    wide("93.184.216.34"): Kind.ADDRESS,
    wide("4539578763621486"): Kind.CARD,
    "\N{ZERO WIDTH JOINER}".join(("4539", "5787", "6362", "1486")): Kind.CARD,
    "\N{EN DASH}".join(("4539", "5787", "6362", "1486")): Kind.CARD,
    digits("4539578763621486", "\N{MATHEMATICAL MONOSPACE DIGIT ZERO}"): Kind.CARD,
    wide("NL91ABNA0417164300"): Kind.IBAN,
    f"ghp_\N{SOFT HYPHEN}{TOKEN}": Kind.KEY,
    wide("ann@example.com"): None,
    wide("4242 4242 4242 4242"): None,
    "Zoë \N{PARTY POPPER} O'Brien-Müller \N{WOMAN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}\N{ZERO WIDTH JOINER}": None,
    "taro@example.com\N{IDEOGRAPHIC FULL STOP}\N{HIRAGANA LETTER A}\N{HIRAGANA LETTER I}": None,
    "https://www.example.com\N{IDEOGRAPHIC FULL STOP}\N{HIRAGANA LETTER A}\N{HIRAGANA LETTER I}": None,
    f"{wide('12:34, 2026')}\N{CJK UNIFIED IDEOGRAPH-5E74}\N{IDEOGRAPHIC FULL STOP} 40 m\N{SUPERSCRIPT TWO}": None,
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("text", "kind"), DISGUISED.items())
def test_other_forms_of_a_sign_hide_nothing(text: str, kind: Kind | None, place: str) -> None:
    """Full-width letters, digits of other scripts, dashes of every length, and signs that nobody sees."""
    held = PLACES[place](text)
    assert kinds(held, place) == ({kind} if kind else set())
    assert suspected(held) or kind is None


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_nobodys_is_not(text: str) -> None:
    """Reserved names and numbers, and what only looks like them."""
    for place, put in PLACES.items():
        assert kinds(put(text), place) == set(), place


@pytest.mark.parametrize(("name", "text"), NAMED)
def test_a_name_says_what_the_digits_are(name: str, text: str) -> None:
    """A number is somebody's phone in a column called so, or under such a key, and nothing elsewhere."""
    expected = {NAMED[name, text]}
    assert kinds(text, name=name) == expected
    assert kinds(json.dumps({name: text}), "jsonb") == expected
    assert suspected(text, name)
    assert suspected(json.dumps({name: text}))
    assert kinds(text, name="code") == set()


@pytest.mark.parametrize("text", ["7615550123", "1 (761) 555-0123", "(012) 345-6789"])
def test_what_nobody_dials_there_is_nobodys(text: str) -> None:
    """In Germany: a number of American films, though with no area of America's, and one with none of anybody's."""
    assert kinds(text, name="phone") == set()


def test_our_own_texts_are_not_looked_at_twice() -> None:
    """Addresses on reserved domains, fiction's numbers and documentation's addresses are passed at once."""
    ours = (
        "anna.smith@example.com",
        "https://www.example.com/harbor-1",
        "+1 212-555-0123",
        "192.0.2.17",
        "+44 7700 900123",
    )
    assert not any(suspected(text, "phone") for text in ours)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("word", ["a1B2c3D4", "a-b_c.d+", "from 10.99.30.40 at "])
def test_a_long_text_is_gone_through_once(word: str) -> None:
    """Half a million signs take seconds; with the square of their number it would be a long time."""
    assert kinds(f"{word * (500_000 // len(word))} @") == set()


def test_a_found_text_is_shown_by_its_form_alone() -> None:
    """Two signs, then stars for letters and digits; a long one is cut."""
    assert masked("ann@corp.io") == "an*@****.**"
    assert masked("+49 151 23456789") == "+4* *** ********"
    assert masked(f"ghp_{TOKEN}").startswith("gh*_****")
    assert len(masked("x" * 80)) == 33
