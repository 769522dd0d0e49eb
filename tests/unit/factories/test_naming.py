"""What names mean: which rule each column follows, in which language, by its comment, or as the team says."""

import re
from pathlib import Path

import pytest

from catalog.errors import Refusal
from factories.deriving.known_names import KNOWN, called, unmet
from factories.naming import RULES, Family, by_name, meaning, plain, spoken
from factories.naming.patterns import among, at_end, compiled
from factories.naming.rule import Rule
from factories.naming.together import TOGETHER, together
from factories.values.moments import Birthday
from factories.values.vocabulary import known_locale
from tests.unit.factories import tables

TEXTS = {
    # people
    "email": "e-mail address on a reserved domain",
    "contact_email": "e-mail address on a reserved domain",
    "sort_direction": "sort direction",
    "facility_name": "venue",
    "pharmacy_name": "company",
    "emailAddress": "e-mail address on a reserved domain",
    "first_name": "first name",
    "givenName": "first name",
    "preferred_name": "first name",
    "surname": "last name",
    "fname": "first name",
    "customer_name": "person's name",
    "cust_nm": "person's name",
    "driver_name": "person's name",
    "username": "user name",
    "phone_number": "phone number kept for fiction",
    "mobile": "phone number kept for fiction",
    "password_hash": "visibly fake secret",
    "api_key": "visibly fake token",
    "resetToken": "visibly fake token",
    "job_title": "job",
    # computers
    "md5": "MD5 hash",
    "checksum_md5": "MD5 hash",
    "sha256": "SHA-256 hash",
    "commit_sha": "SHA-1 hash",
    "avatar_url": "picture's URL on a reserved domain",
    "website": "company's website on a reserved domain",
    "domain": "company's domain, a reserved one",
    "callback_url": "URL on a reserved domain",
    "mac_address": "documentation hardware address",
    "ip_address": "documentation IP address",
    "user_agent": "user agent",
    "file_name": "file name",
    "storage_path": "file path",
    "content_type": "mime type",
    "firmware_version": "version",
    "hostname": "host on a reserved domain",
    "request_path": "http path",
    # places
    "billing_city": "city",
    "zip": "postcode",
    "zip_cd": "postcode",
    "countryCode": "country code",
    "country": "country",
    "address": "street address",
    "addr_ln_1": "street address",
    "address_line2": "second address line",
    "timezone": "time zone",
    "currency": "currency",
    # trade
    "company_name": "company",
    "sku": "stock code",
    "invoice_number": "reference number",
    "tracking_no": "reference number",
    "vat_number": "visibly fake tax number",
    "iban": "visibly fake IBAN",
    "vin": "visibly fake VIN",
    "product_name": "product",
    "carrier": "carrier",
    # writing, states
    "title": "title",
    "subject": "title",
    "slug": "slug",
    "description": "short text",
    "notes": "note",
    "responsible_lawyer": "person's name",
    "ship_name": "person's name",
    "specimen_type": "specimen",
    "hashtag": "hashtag",
    "error_message": "failure",
    "cancellation_reason": "cancellation",
    "status": "status",
    "priority": "priority",
    "stripe_customer_id": "identifier",
    "external_id": "identifier",
    # other languages
    "vorname": "first name",
    "nachname": "last name",
    "strasse": "street",
    "plz": "postcode",
    "ort": "city",
    "telefon": "phone number kept for fiction",
    "firma": "company",
    "beschreibung": "short text",
    "bestellnummer": "reference number",
    "waehrung": "currency",
    "apellido": "last name",
    "correo": "e-mail address on a reserved domain",
    "ciudad": "city",
    "codigo_postal": "postcode",
    "prenom": "first name",
    "ville": "city",
    "cognome": "last name",
    "endereco": "street address",
}


@pytest.mark.parametrize(("name", "label"), TEXTS.items(), ids=list(TEXTS))
def test_a_texts_name_says_what_it_holds(name: str, label: str) -> None:
    """Each of these names, in whatever case or language, is followed by the rule that people would expect."""
    rule = by_name(name, Family.TEXT)
    assert rule is not None
    assert rule.recipe.label == label


NUMBERS = {
    ("price_cents", Family.WHOLE): "amount in cents",
    ("unit_price", Family.EXACT): "price",
    ("einzelpreis", Family.EXACT): "price",
    ("salary", Family.EXACT): "salary",
    ("total", Family.EXACT): "total",
    ("gesamtsumme", Family.EXACT): "total",
    ("quantity", Family.WHOLE): "quantity",
    ("menge", Family.WHOLE): "quantity",
    ("file_size", Family.WHOLE): "file size",
    ("audience_size", Family.WHOLE): "recipients",
    ("latitude", Family.FLOAT): "latitude",
    ("start_lng", Family.EXACT): "longitude",
    ("humidity", Family.EXACT): "percentage",
    ("progress", Family.WHOLE): "progress in percent",
    ("interest_rate", Family.EXACT): "interest in percent",
    ("win_rate", Family.EXACT): "rate",
    ("age", Family.WHOLE): "age",
    ("age_of_death", Family.WHOLE): "age",
    ("spo2", Family.EXACT): "percent of oxygen",
    ("water_ph", Family.EXACT): "pH",
    ("price_monthly", Family.EXACT): "price",
    ("duration_ms", Family.WHOLE): "milliseconds",
    ("duration_seconds", Family.WHOLE): "seconds",
    ("viewCount", Family.WHOLE): "views",
    ("date_of_birth", Family.MOMENT): "date of birth",
    ("geburtsdatum", Family.MOMENT): "date of birth",
    ("is_deleted", Family.FLAG): "rarely true",
    ("aktiv", Family.FLAG): "mostly true",
}


@pytest.mark.parametrize(("name", "kind", "label"), [(*key, label) for key, label in NUMBERS.items()])
def test_a_numbers_name_says_what_it_holds(name: str, kind: Family, label: str) -> None:
    """Numbers, flags and moments, too."""
    rule = by_name(name, kind)
    assert rule is not None
    assert rule.recipe.label == label


@pytest.mark.parametrize("title", ["plans", "roles", "departments", "categories"])
def test_a_lists_entries_are_not_called_alike(title: str) -> None:
    """Ten plans have ten names, though nothing says that they must."""
    names = [row["name"] for row in tables.rows(tables.table(title, "id:i! name:t!"), count=10)]
    assert len(set(names)) == 10


@pytest.mark.parametrize(
    ("comment", "kind", "label"),
    [
        ("remark on why this note is hidden in the list", Family.TEXT, "message"),
        ("Customer e-mail address", Family.TEXT, "e-mail address on a reserved domain"),
        ("The city, as printed on the label", Family.TEXT, "city"),
        ("Amount in cents", Family.WHOLE, "amount in cents"),
        ("IATA airport code", Family.TEXT, "airport"),
    ],
)
def test_a_comment_speaks_where_the_name_says_nothing(comment: str, kind: Family, label: str) -> None:
    """The comment's first phrase is read like a name; a name that says something goes first."""
    found = meaning("fld_7", kind, "odd", comment)
    assert found is not None
    assert found.rule.recipe.label == label
    named = meaning("phone", Family.TEXT, "odd", "The city")
    assert named is not None
    assert named.rule.means == "phone"


@pytest.mark.parametrize("name", ["capacity", "city_tax", "export", "sport", "estate", "hashtag_count", "company_size"])
def test_part_of_a_word_is_no_word(name: str) -> None:
    """A rule has to meet the name's last words whole: `capacity` holds no city."""
    found = meaning(name, Family.TEXT)
    assert found is None or found.rule.means not in ("city", "port", "region", "hash", "company", "status")


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("billing_city", "billing"),
        ("city", ""),
        ("destination", "destination"),
        ("customer_email", ""),
        ("driver_name", "driver"),
    ],
)
def test_words_before_the_rule_say_whose_it_is(name: str, whose: str) -> None:
    """A prefix makes another place or person of it, unless it names the row itself."""
    found = meaning(name, Family.TEXT, "customers")
    assert found is not None
    assert found.whose == whose


def test_names_are_put_into_words() -> None:
    """Camel case is parted, abbreviations are written out, other languages are put into English."""
    assert plain("createdAt") == plain("created_at") == "created_at"
    assert spoken("custAddrLn1") == "customer address line 1"
    assert spoken("erstellt_am") == "created at"
    assert spoken("MD5") == "md5"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("workphone", "work phone"),
        ("shiptocity", "shipping city"),
        ("ordnumber", "order number"),
        ("hostgroupid", "host group id"),
        ("lastupdatedby", "lastupdatedby"),
        ("createdby", "created by"),
        ("serialno", "serial number"),
        ("format", "format"),
        ("capacity", "capacity"),
        ("postcode", "postcode"),
        ("realtime", "realtime"),
        ("taxon", "taxon"),
        ("reg_no", "registration"),
        ("reg_notes", "reg notes"),
    ],
)
def test_words_without_anything_between_them_are_parted(name: str, words: str) -> None:
    """A name is parted where all of it is words that are known; any other stays as it is."""
    assert spoken(name) == words


def test_every_listed_name_is_known_to_a_rule() -> None:
    """What the settings accept as a name is understood for at least one family of types."""
    assert [name for name in KNOWN if not any(meaning(name, kind) for kind in Family)] == []


def test_the_page_lists_the_names() -> None:
    """docs/names.md has every name that the settings accept, and no other."""
    page = (Path(__file__).parents[3] / "docs" / "names.md").read_text("utf-8")
    table = [line for line in page.splitlines() if line.startswith("| ") and "`" in line]
    assert re.findall("`([^`]+)`", "\n".join(table)) == list(KNOWN)


def test_the_team_may_call_a_column_otherwise() -> None:
    """The first pattern that meets the column, or its table and it, decides; else the column's own name stands."""
    names = (("kd_.*", "order number"), (r"odd\.x7", "city"))
    assert called("kd_ref", "odd", names) == "order number"
    assert called("x7", "odd", names) == "city"
    assert called("x7", "even", names) == "x7"


def test_a_name_that_no_column_has_is_noted() -> None:
    """A pattern has to meet a column, or a table and a column, as a whole."""
    names = (("kd_ref", "order number"), ("odd.x7", "city"), ("kd", "city"), (r"even\.x7", "status"))
    assert unmet(names, (("odd", "kd_ref"), ("odd", "x7"))) == (
        'no column is called "kd", which is to be read as "city"',
        'no column is called "even\\.x7", which is to be read as "status"',
    )
    assert unmet((), ()) == ()


def test_every_rule_can_win() -> None:
    """No pattern is the very same as one before it in its family."""
    seen: set[tuple[str, Family]] = set()
    for rule in RULES:
        assert isinstance(rule, Rule)
        assert (rule.pattern, rule.family) not in seen
        seen.add((rule.pattern, rule.family))


def test_a_locale_nobody_has_names_for_is_refused() -> None:
    """The refusal says which locales of that language there are."""
    assert known_locale("sv_SE") == "sv_SE"
    with pytest.raises(Refusal, match="de_AT") as caught:
        known_locale("de_XX")
    assert 'no names are known for the locale "de_XX"' in str(caught.value)


def test_pupils_and_students_are_young() -> None:
    """Whoever the table is about says how old its people are."""
    ages = {}
    for table in ("pupils", "students", "patients"):
        rule = by_name("date_of_birth", Family.MOMENT, table)
        assert rule is not None
        assert isinstance(rule.recipe, Birthday)
        ages[table] = (rule.recipe.youngest, rule.recipe.oldest)
    assert ages == {"pupils": (6, 16), "students": (17, 27), "patients": (18, 78)}


def test_patterns_are_compiled_once() -> None:
    """However many patterns there are, none is compiled again for another table's columns: `re` keeps but 512."""
    for table in ("orders", "players", "tickets"):
        for name in ("name", "status", "condition", "description", "outcome", "unit"):
            together(name, table, "")
            meaning(name, Family.EXACT, table)
    for kept in (compiled, at_end, among):
        assert kept.cache_info().misses == kept.cache_info().currsize
    assert compiled.cache_info().currsize >= len({line.columns for line in TOGETHER})
