"""What a column's name means: a table of (pattern, family of types, recipe) that a person can read and add to.

The first rule whose pattern is found in the column's name and whose family is the column's wins. Patterns are regular
expressions over lower-case names with camel case split by underscores.
"""
# ruff: noqa: E501  # a rule of the table is one line, however long

import re
from dataclasses import dataclass
from enum import StrEnum

from catalog.model import DataType, TypeKind
from factories.moments import Ahead, Birthday
from factories.numbers import Chance, Constant, Decimal, Float, Integer
from factories.recipe import Recipe
from factories.structures import Json, JsonList
from factories.texts import (
    Code,
    Email,
    Hexadecimal,
    Numbered,
    Sentence,
    Url,
    Variants,
    Words,
)


class Family(StrEnum):
    """What kinds of values a type holds, as far as a name's meaning goes."""

    TEXT = "text"
    WHOLE = "whole number"
    EXACT = "exact number"
    FLOAT = "number"
    FLAG = "boolean"
    MOMENT = "moment"
    JSON = "json"
    OTHER = "other"


_FAMILIES = {
    **dict.fromkeys(("text", "varchar", "bpchar", "citext", "name"), Family.TEXT),
    **dict.fromkeys(("int2", "int4", "int8"), Family.WHOLE),
    **dict.fromkeys(("float4", "float8"), Family.FLOAT),
    **dict.fromkeys(("date", "timestamp", "timestamptz"), Family.MOMENT),
    **dict.fromkeys(("json", "jsonb"), Family.JSON),
    "numeric": Family.EXACT,
    "bool": Family.FLAG,
}


def family(kind: DataType) -> Family:
    """The family of a type (of a domain: of what is beneath it)."""
    concrete = kind.concrete
    return _FAMILIES.get(concrete.base, Family.OTHER) if concrete.kind is TypeKind.BASE else Family.OTHER


@dataclass(frozen=True, slots=True)
class Rule:
    """A name's pattern, the family it speaks of, and the recipe it stands for."""

    pattern: str
    family: Family
    recipe: Recipe


def _text(pattern: str, recipe: Recipe) -> Rule:
    return Rule(pattern, Family.TEXT, recipe)


def _words(pattern: str, pool: str, facet: str = "") -> Rule:
    return _text(pattern, Words(pool, facet, label=f"{pool}s"))


PHONE = "phone number kept for fiction"
_TITLE = Variants(
    (
        Sentence(("{verb}", " ", "{object}")),
        Sentence(("{goal}", ": ", "{object}")),
        Sentence(("{adjective}", " ", "{noun}")),
    ),
    label="title",
)
_PARAGRAPH = Sentence(("{sentence}", " ", "{sentence}", " ", "{sentence}"), label="short text")
_LABEL = Sentence(("{adjective}", " ", "{noun}"), label="name of a thing")

RULES: tuple[Rule, ...] = (
    # people
    _text(r"e_?mail|^(login|recipient|sender|reply_to)(_address)?$", Email()),
    _words(r"^(first|given|fore)_?name|^fname$", "first name", "person*"),
    _words(r"^(last|sur|family)_?name|^lname$", "last name", "person*"),
    _text(
        r"^(full|display|contact|customer|author|owner|person|employee|account|holder|card_?holder|recipient|"
        r"sender|manager|patient|student|guest|host)_?name$|^(author|assignee|reviewer|contact|attendee|signed_by)$",
        Sentence(("{first name}", " ", "{last name}"), label="person's name"),
    ),
    _text(r"^(user_?name|login|nick(name)?|handle|screen_name)$", Sentence(("{adjective}", "_", "{noun}"), label="user name")),
    _text(r"phone|mobile|fax|^tel|telephone|msisdn", Numbered("+1 555-01", 0, 99, 2, label=PHONE)),
    _words(r"^(salutation|honorific|name_prefix)$", "salutation"),
    _words(r"gender|^sex$", "gender"),
    _words(r"job|occupation|position_title|profession", "job"),
    _words(r"department|division", "department"),
    # secrets and keys: visibly fake
    _text(r"password|passwd|pwd|secret|hash|digest|checksum|signature|salt|encrypted", Hexadecimal(40, "fake_", label="visibly fake secret")),
    _text(r"token|api_?key|access_key|private_key|public_key|credential|otp|nonce|csrf|fingerprint|etag", Hexadecimal(32, "fake_", label="visibly fake token")),
    # the network
    _text(r"avatar|image|photo|picture|thumbnail|logo|icon|banner|cover", Url("https://images.example.com/", ".png", label="picture's URL on a reserved domain")),
    _text(r"webhook|callback|endpoint|redirect", Url("https://hooks.example.com/", label="URL on a reserved domain")),
    _text(r"url|uri|link|website|homepage|site$|href|permalink", Url()),
    _text(r"^(domain|host|host_?name|subdomain|server|fqdn)(_name)?$", Url("", ".example.com", label="host on a reserved domain")),
    _text(r"^ip$|ip_?addr|_ip$|^ip_|remote_addr", Numbered("192.0.2.", 1, 254, label="documentation IP address")),
    _words(r"user_?agent", "user agent"),
    _words(r"browser", "browser"),
    _words(r"^os$|operating_system|os_name", "system"),
    _words(r"device", "device"),
    _words(r"http_method|^method$|request_method", "method"),
    # companies and products
    _words(r"compan|organi[sz]ation|employer|business_name|vendor|supplier|manufacturer|merchant|brand|client_name|legal_name|^publisher$", "company"),
    _words(r"product_?name|item_?name|product$", "product"),
    _text(r"^sku|_sku$|barcode|part_number|product_code", Code("SKU-", least=5, label="stock code")),
    _text(r"invoice_?(no|num|number)|order_?(no|num|number)|ticket_?(no|num|number)|_number$|^number$|reference|_ref$|^ref$|tracking|serial", Code("N-", least=6, label="reference number")),
    _words(r"carrier|courier", "carrier"),
    _words(r"payment_(method|type)|card_(type|brand)", "payment"),
    # places, which agree within a row
    _words(r"country.*(iso3|alpha_?3)|iso3", "country code 3", "place"),
    _words(r"country_?(code|iso|id)|^country_iso2?$|^cc$|nationality_code|iso2", "country code", "place"),
    _words(r"country|^nation(ality)?(_name)?$", "country", "place"),
    _words(r"currency|^ccy", "currency", "place"),
    _words(r"time_?zone|^tz$|tz_name", "time zone", "place"),
    _words(r"city|town|municipality|locality", "city", "place"),
    _words(r"^(state|province|region)_?code$", "region code", "place"),
    _words(r"province|region|county|^state_name$", "region", "place"),
    _words(r"zip|post(al)?_?code", "postcode", "place"),
    _text(r"street|address_?(line)?_?1?$|^addr|address$|line_?1$", Sentence(("{house number}", " ", "{street}"), label="street address")),
    _text(r"address_?(line)?_?2|line_?2$|apartment|suite", Numbered("Suite ", 1, 90, label="second address line")),
    _words(r"^(locale|lang_?code_full)$", "locale", "place"),
    _words(r"lang(uage)?(_?code)?$", "language"),
    # looks and files
    _words(r"colou?r_name", "colour name"),
    _words(r"colou?r|hex_code", "colour"),
    _text(r"file_?name|filename|attachment_name|original_name", Url("", ".pdf", label="file name")),
    _text(r"path|directory|folder|storage_key|s3_key|object_key|blob_key", Url("uploads/2026/", ".png", label="file path")),
    _words(r"mime|content_?type|media_type", "mime type"),
    _words(r"extension|file_?type", "file extension"),
    _text(r"version|revision|build|release", Numbered("1.", 0, 30, after=".0", label="version")),
    # states and kinds
    _words(r"status|^state$|_state$|stage|phase", "status"),
    _words(r"priority|urgency|importance", "priority"),
    _words(r"severity|log_?level|^level$", "severity"),
    _words(r"event_?(name|type)|^event$|activity_type", "event"),
    _words(r"^action|_action$|operation|verb", "action"),
    _words(r"channel|medium|^source$|_source$|origin|referr?er", "channel"),
    _words(r"platform|network$", "platform"),
    _words(r"provider", "provider"),
    _words(r"^model(_name|_id)?$|llm", "model"),
    _words(r"plan|tier|subscription", "plan"),
    _words(r"role|permission|scope", "role"),
    _words(r"category|topic|genre|industry|sector|segment", "category"),
    _words(r"^tags?$|_tag$|keyword|label$", "tag"),
    _words(r"unit|uom|measure$", "unit"),
    _words(r"environment|^env$", "environment"),
    _words(r"type$|kind|class$|variant|mode$|format$", "kind"),
    # writing
    _text(r"slug|^handle$|machine_name|url_key|identifier|^key$|_key$", Sentence(("{adjective}", "-", "{noun}"), label="slug")),
    _text(r"^code$|_code$|^abbr|_no$|^external_id|_uid$|_uuid$|^sid$|_ext_id$|_id$", Hexadecimal(12, label="identifier")),
    _text(r"title|subject|headline|summary_line|caption|heading|^task$", _TITLE),
    _text(r"prompt|instruction", Sentence(("You help with ", "{object}", ". ", "{sentence}"), label="prompt")),
    _words(r"message|comment|reply|^chat", "message"),
    _text(r"descr|body|content|^text$|_text$|notes?$|bio|about|summary|abstract|excerpt|detail|reason|remark|feedback|review|answer|question|explanation|intro|story|html|markdown", _PARAGRAPH),
    _text(r"campaign|goal|objective", Words("goal", label="goal")),
    _text(r"group|team|project|workspace|list_?name|board|channel_name|^name$|_name$|^label|nickname", _LABEL),
    _text(r"extra|metadata|payload|settings|config|preferences|options|params|^data$", Constant("{}", label="empty object")),
    # whole numbers
    Rule(r"season", Family.WHOLE, Integer(1, 6, label="season")),
    Rule(r"year", Family.WHOLE, Integer(2019, 2026, label="year")),
    Rule(r"month", Family.WHOLE, Integer(1, 12, label="month")),
    Rule(r"weekday|day_of_week|dow", Family.WHOLE, Integer(0, 6, label="day of the week")),
    Rule(r"day_of_month|^day$", Family.WHOLE, Integer(1, 28, label="day")),
    Rule(r"hour", Family.WHOLE, Integer(0, 23, label="hour")),
    Rule(r"minute|second", Family.WHOLE, Integer(1, 59, label="minutes or seconds")),
    Rule(r"^age$|_age$", Family.WHOLE, Integer(18, 78, label="age")),
    Rule(r"percent|pct|progress|probability|confidence|completion", Family.WHOLE, Integer(0, 100, label="percentage")),
    Rule(r"rating|stars", Family.WHOLE, Integer(1, 5, label="rating")),
    Rule(r"score|rank|grade", Family.WHOLE, Integer(1, 100, label="score")),
    Rule(r"cents|amount|price|cost|total|budget|salary|revenue|balance|fee|minor", Family.WHOLE, Integer(500, 250_000, 1, label="amount in cents")),
    Rule(r"impressions|views|reach", Family.WHOLE, Integer(200, 50_000, 1, label="impressions")),
    Rule(r"click|visit|session", Family.WHOLE, Integer(5, 2_000, 1, label="clicks")),
    Rule(r"status_?code|http_status|response_code", Family.WHOLE, Integer(200, 204, label="HTTP status")),
    Rule(r"port$", Family.WHOLE, Integer(1024, 9999, label="port")),
    Rule(r"priority|level|tier|weight|severity", Family.WHOLE, Integer(1, 5, label="small number")),
    Rule(r"version|revision|attempt|retry|retries", Family.WHOLE, Integer(1, 5, 1, label="small number")),
    Rule(r"position|sort|order$|ordinal|sequence|seq|index|idx|step", Family.WHOLE, Integer(1, 20, label="position")),
    Rule(r"qty|quantity|seats|guests|units", Family.WHOLE, Integer(1, 12, 1, label="quantity")),
    Rule(r"stock|inventory|capacity|limit|max", Family.WHOLE, Integer(10, 500, label="quantity")),
    Rule(r"size|bytes|length|_kb$", Family.WHOLE, Integer(1_000, 5_000_000, 1, label="size")),
    Rule(r"duration|latency|elapsed|_ms$|time_spent|response_time", Family.WHOLE, Integer(20, 9_000, 1, label="duration")),
    Rule(r"width|height", Family.WHOLE, Integer(320, 1920, label="pixels")),
    Rule(r"tokens", Family.WHOLE, Integer(100, 8_000, 1, label="tokens")),
    Rule(r"count|num_|_num$|number_of|total", Family.WHOLE, Integer(0, 120, 1, label="count")),
    # exact and floating numbers
    Rule(r"lat(itude)?$", Family.EXACT, Words("latitude", "place", label="latitude")),
    Rule(r"^(lng|lon)|longitude", Family.EXACT, Words("longitude", "place", label="longitude")),
    Rule(r"lat(itude)?$", Family.FLOAT, Words("latitude", "place", label="latitude")),
    Rule(r"^(lng|lon)|longitude", Family.FLOAT, Words("longitude", "place", label="longitude")),
    Rule(r"temperature|top_p", Family.FLOAT, Float(0.0, 1.0, label="share")),
    Rule(r"temperature|top_p", Family.EXACT, Decimal(0, 10, 1, label="share")),
    Rule(r"rate|ratio|share|probability|confidence|discount_?(rate|factor)?|ctr|fraction", Family.EXACT, Decimal(0, 99, 2, label="rate")),
    Rule(r"rate|ratio|share|probability|confidence|score|fraction|weight", Family.FLOAT, Float(0.0, 1.0, label="rate")),
    Rule(r"percent|pct|tax|vat", Family.EXACT, Decimal(0, 2_500, 2, label="percentage")),
    Rule(r"percent|pct", Family.FLOAT, Float(0.0, 100.0, label="percentage")),
    Rule(r"rating|stars", Family.EXACT, Decimal(10, 50, 1, label="rating")),
    Rule(r"price|amount|cost|total|budget|fee|salary|revenue|balance|spend|value|subtotal|paid|due|credit|debit", Family.EXACT, Decimal(499, 99_900, 2, 1, label="amount of money")),
    Rule(r"weight|width|height|length|depth|distance|quantity|qty|hours", Family.EXACT, Decimal(10, 2_000, 1, 1, label="measure")),
    # flags
    Rule(r"delete|archiv|block|banned|spam|suspend|cancel|revoked|locked|hidden|disabled|fail|refund", Family.FLAG, Chance(60, "rarely true")),
    Rule(r"active|enabled|verified|visible|published|confirmed|valid|available|subscribed|approved|success", Family.FLAG, Chance(880, "mostly true")),
    Rule(r"default|primary|featured|pinned|internal|admin|super|staff|test", Family.FLAG, Chance(150, "seldom true")),
    # moments that need not be past
    Rule(r"birth|^dob$|date_of_birth", Family.MOMENT, Birthday()),
    Rule(r"expir|due|deadline|valid_(un)?til|valid_to|renew|next_|trial_end|scheduled|starts?_on_next", Family.MOMENT, Ahead(20, 90)),
    # json
    Rule(r"tags|list|roles|permissions|capabilit|tools|scopes|keywords|items|labels|skills|features$", Family.JSON, JsonList(Words("tag"), "JSON list of tags")),
    Rule(r"address|location|geo", Family.JSON, Json((("city", Words("city", "place")), ("country", Words("country code", "place"))), label="JSON address")),
    Rule(
        r"metric|stats|usage|limits|counts",
        Family.JSON,
        Json((("views", Integer(0, 5_000, 1)), ("clicks", Integer(0, 400, 1))), raw=("views", "clicks"), label="JSON metrics"),
    ),
    Rule(
        r"settings|config|preferences|options|flags",
        Family.JSON,
        Json((("theme", Words("colour name")), ("language", Words("language")), ("notifications", Chance(700))), raw=("notifications",), label="JSON settings"),
    ),
)  # fmt: skip

_PERSON = Sentence(("{first name}", " ", "{last name}"), label="person's name")
_THINGS: tuple[tuple[str, Recipe], ...] = (
    (r"user|people|person|customer|contact|employee|member|author|patient|student|guest|driver|teacher|player|doctor|staff|lead", _PERSON),
    (r"compan|organi[sz]ation|account|vendor|supplier|client|merchant|brand|tenant|firm|partner|manufacturer|employer", Words("company", label="companies")),
    (r"product|item|article|sku", Words("product", label="products")),
    (r"countr|nation", Words("country", "place", label="countries")),
    (r"cit(y|ies)|town", Words("city", "place", label="cities")),
    (r"state|region|province", Words("region", "place", label="regions")),
    (r"currenc", Words("currency", "place", label="currencies")),
    (r"campaign|goal|event|project", Words("goal", label="goals")),
    (r"team|department", Words("department", label="departments")),
    (r"categor|topic|genre|industr", Words("category", label="categories")),
    (r"tag|label|keyword", Words("tag", label="tags")),
    (r"plan|tier", Words("plan", label="plans")),
    (r"role", Words("role", label="roles")),
    (r"permission|action", Words("action", label="actions")),
    (r"status|state|stage", Words("status", label="statuses")),
    (r"channel|source", Words("channel", label="channels")),
    (r"unit", Words("unit", label="units")),
    (r"language", Words("language", label="languages")),
    (r"street|address|location|venue|warehouse|store|shop|branch|office", Sentence(("{noun}", " ", "{street}"), label="place's name")),
)  # fmt: skip

LISTED = re.compile(r"countr|currenc|language|locale")  # tables whose codes are everybody's
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def plain(name: str) -> str:
    """A name in lower case with underscores (`createdAt` is `created_at`)."""
    return _CAMEL.sub("_", name).lower().replace("-", "_").replace(" ", "_")


def by_name(name: str, kind: Family, table: str = "") -> Rule | None:
    """The first rule that speaks of a column of this name and family; a bare `name` is what its table names."""
    word = plain(name)
    if kind is Family.TEXT and word in ("name", "title", "display_name") and (thing := _thing(plain(table))):
        return Rule(word, kind, thing)
    if word in ("code", "iso", "iso2", "iso_code", "id") and (listed := LISTED.search(plain(table))):
        word = f"{listed[0]}y_code" if listed[0] in ("countr", "currenc") else f"{listed[0]}_code"
    return next((rule for rule in RULES if rule.family is kind and re.search(rule.pattern, word)), None)


def _thing(table: str) -> Recipe | None:
    """What a row of the table is called, by the last word of the table's name that says it."""
    found = [(place.start(), recipe) for pattern, recipe in _THINGS for place in re.finditer(pattern, table)]
    return max(found, key=lambda item: item[0])[1] if found else None
