"""What a row of a table is called: a bare `name` (or `title`) is what its table names."""
# ruff: noqa: E501  # a line for each kind of thing, however long

import re
from dataclasses import replace

from factories.naming.patterns import compiled
from factories.naming.trade import COMPANY, PRODUCT
from factories.naming.writing import JOB_TEXT, PLACE_TEXT, PRODUCT_TEXT, SLUG
from factories.recipe import Recipe
from factories.values.codes import FixedCode
from factories.values.contacts import Email, FullName
from factories.values.files import FilePath
from factories.values.texts import Sentence, Words

_PLACE = Sentence(("{name tail}", " ", "{venue}"), label="venue")

# The rule whose pattern is met latest in the table's name wins: `customer_groups` are groups.
THINGS: tuple[tuple[str, Recipe, str], ...] = (
    (r"(public )?holidays?", Words("holiday", label="holiday"), ""),
    (r"(leave|absence) types?", Words("leave type", label="kind of leave"), ""),
    (r"(academic|school|fiscal) years?", Words("academic year", label="academic year"), ""),
    (r"^terms?|(school|academic|study) terms?|semesters?", Words("term name", label="term"), ""),
    (r"grade levels?|year groups?", Words("grade level", label="grade level"), ""),
    (r"(school )?subjects?", Words("course", label="subject"), "title"),
    (r"fees?|fee types?", Words("fee name", label="fee"), ""),
    (r"lab tests?|laboratory tests?", Words("lab test", label="laboratory test"), ""),
    (r"vaccines?", Words("vaccine", label="vaccine"), ""),
    (r"wards?", Words("ward", label="ward"), ""),
    (r"(hotel|rate|price|pricing|booking|travel) seasons?", Words("season", label="season"), ""),
    (r"seasons?", Words("half year", label="season"), ""),
    (r"rate plans?", Words("rate plan", label="rate plan"), ""),
    (r"room types?", Words("room kind", label="kind of room"), ""),
    (r"^zones?|(warehouse|storage|stock|picking) zones?", Words("zone name", label="zone"), ""),
    (r"menu items?|dishes|meals?", Words("dish", label="dish"), ""),
    (r"ingredients?", Words("ingredient", label="ingredient"), ""),
    (r"amenit(y|ies)", Words("amenity", label="amenity"), ""),
    (r"trainings?", Words("training", label="training"), "title"),
    (r"positions?|job openings?|vacanc(y|ies)|job (postings?|offers?)", Words("job", label="job"), ""),
    (r"forums?|(message|discussion|bulletin) boards?", Words("forum", label="forum"), ""),
    (r"ticket (types?|tiers?)", Words("ticket kind", label="kind of ticket"), ""),
    (r"api keys?|access tokens?", Words("key name", label="what a key is for"), ""),
    (r"users?|people|persons?|customers?|contacts?|employees?|members?|authors?|patients?|students?|guests?|drivers?|teachers?|players?|doctors?|staff|leads?|lecturers?|instructors?|physicians?|nurses?|candidates?|applicants?|speakers?|artists?|passengers?|owners?|agents?|profiles?|attendees?|participants?|actors?|directors?|coaches|tutors?|technicians?|operators?|subscribers?|donors?|volunteers?|practitioners?|clinicians?|therapists?|dentists?|lawyers?|attorneys?|guardians?|pupils?", FullName(), "full name"),
    (r"(gl|general ledger|ledger|bookkeeping|accounting) accounts?|charts? of accounts", Words("ledger account", label="ledger account"), ""),
    (r"clinics?|hospitals?|medical (cent(er|re)|practice)s?", Sentence(("{name tail}", " ", "{clinic kind}"), label="clinic"), "company"),
    (r"(high |primary )?schools?", Sentence(("{name tail}", " ", "{school kind}"), label="school"), ""),
    (r"exams?|examinations?|quizz?(es)?", Sentence(("{course}", ": ", "{exam}"), label="exam"), "title"),
    (r"compan(y|ies)|(?<!third )part(y|ies)|counterpart(y|ies)|organizations?|accounts?|vendors?|suppliers?|clients?|merchants?|tenants?|firms?|partners?|manufacturers?|employers?|publishers?|agenc(y|ies)|shops?|insurers?|brands?|carriers?|universit(y|ies)|hospitals?|clinics?|studios?", COMPANY, "company"),
    (r"products?|items?|skus?|goods|variants?|materials?|parts?", PRODUCT, "product"),
    (r"countr(y|ies)|nations?", Words("country", "place", label="country"), "country"),
    (r"cit(y|ies)|towns?", Words("city", "place", label="city"), "city"),
    (r"states?|regions?|provinces?", Words("region", "place", label="region"), "region"),
    (r"currenc(y|ies)", Words("currency name", "place", label="currency's name"), "currency name"),
    (r"campaigns?|goals?|projects?|initiatives?|deals?|opportunit(y|ies)|ad groups?", Sentence(("{goal}", " ", "{period}"), label="campaign"), ""),
    (r"events?|meetings?|conferences?|workshops?", Words("event name", label="event"), ""),
    (r"departments?", Words("department", label="department"), ""),
    (r"facult(y|ies)", Words("faculty", label="faculty"), ""),
    (r"courses?|classes|subjects?|modules?|lessons?|lectures?", Sentence(("{course}", " ", "{course end}"), label="course"), "title"),
    (r"books?|novels?|publications?|movies?|films?|albums?|songs?|tracks?|games?|shows?", Sentence(("{book title head}", " ", "{book title tail}"), label="title of a work"), "title"),
    (r"teams?|squads?|groups?", Words("team", label="team"), ""),
    (r"categor(y|ies)|topics?|sections?", Words("shop category", label="category"), ""),
    (r"genres?", Words("genre", label="genre"), ""),
    (r"industr(y|ies)|sectors?", Words("industry", label="industry"), ""),
    (r"tags?|labels?|keywords?", Words("tag", label="tag"), ""),
    (r"plans?|tiers?|(?<!work )packages?", Words("plan name", label="plan"), ""),
    (r"roles?", Words("role name", label="role"), ""),
    (r"(shipping|delivery) (methods?|options?|services?)", Words("shipping method", label="shipping method"), ""),
    (r"payment (methods?|options?|types?)", Words("payment name", label="way of paying"), ""),
    (r"tax(es)?|tax (rates?|class(es)?)", Words("tax name", label="tax"), ""),
    (r"permissions?|scopes?|privileges?", Words("permission", label="permission"), ""),
    (r"actions?", Words("action", label="action"), ""),
    (r"status(es)?|stages?", Words("status", label="status"), ""),
    (r"channels?|chats?|chat rooms?|conversations?", Words("chat channel", label="chat channel"), ""),
    (r"sources?", Words("channel", label="channel"), ""),
    (r"units?", Words("unit", label="unit"), ""),
    (r"languages?", Words("language name", label="language"), "language name"),
    (r"skills?", Words("skill", label="skill"), ""),
    (r"tasks?|todos?", Words("task", label="task"), "title"),
    (r"jobs?", Words("job", label="job"), ""),
    (r"medications?|drugs?|medicines?", Words("medication", label="medication"), ""),
    (r"colou?rs?", Words("colour name", label="colour"), ""),
    (r"rooms?", Words("room", label="room"), ""),
    (r"venues?|warehouses?|stores?|branch(es)?|offices?|locations?|sites?|buildings?|facilit(y|ies)|depots?|restaurants?|hotels?", _PLACE, ""),
    (r"files?|documents?|attachments?|uploads?|assets?|blobs?", Sentence(("{end of title}",), label="document"), ""),
)  # fmt: skip
_HOUSES = r"(?<!\w )propert(?:y|ies)|(?:rental|listed) propert(?:y|ies)"  # a product's properties are none
# What is written in a column of that name, where the table's name ends so.
WRITTEN: tuple[tuple[str, str, Recipe, str], ...] = (
    (r"handle", r"products?|collections?|categor(y|ies)|types?|brands?|stores?|shops?|pages?|blogs?", SLUG, "slug"),
    (r"key", r"blobs?|attachments?|files?|uploads?|objects?|assets?", FilePath(), "file path"),
    (r"description", r"menu items?|dishes|meals?", Words("dish text", label="what is said of a dish"), "short text"),
    (
        r"metric|measurement|parameter",
        r"readings?|measurements?|telemetry|sensor \w+",
        Words("sensor type", label="what is measured"),
        "",
    ),
    (r"unit", r"readings?|measurements?|telemetry|sensors?|sensor \w+", Words("sensor unit", label="unit"), ""),
    (
        r"rule name|alert name|name|title",
        r"alert rules?|alarms?|(?<!price )(?<!job )(?<!stock )alerts?",
        Words("alert", label="alert"),
        "",
    ),
    (r"message|description|text", r"alarms?|alerts?", Words("alert", label="alert"), ""),
    (
        r"title|name|headline",
        rf"{_HOUSES}|listings?|apartments?|real estate",
        Words("property title", label="title of a property"),
        "",
    ),
    (r"description", r"items|lines|positions|order item|invoice line", PRODUCT, "product"),
    (
        r"code",
        r"coupons?|vouchers?|promo(tion)?s?|promo codes?|discounts?|discount codes?|gift cards?|referrals?",
        FixedCode(8, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", label="code to redeem"),
        "",
    ),
    (
        r"code",
        r"plans?|tiers?|(?<!work )packages?|roles?|permissions?|departments?|facult(y|ies)|categor(y|ies)|topics?|genres?|industr(y|ies)|"
        r"sectors?|tags?|status(es)?|stages?|types?|kinds?|features?|channels?|(shipping|delivery|payment) (methods?|options?)",
        SLUG,
        "slug",
    ),
    (
        r"(recipient|sender|from|to|cc|bcc|reply to)( address(es)?)?",
        r"e?mails?|mail \w+|email \w+|newsletters?",
        Email(unique=False),
        "email",
    ),
    (
        r"brand|network|scheme",
        r"payment (methods?|sources?|instruments?)|(credit |payment )?cards?|payments?",
        Words("card brand", label="card brand"),
        "card brand",
    ),
    (r"(short |long )?description|summary|details", r"products?|product \w+|goods|skus?", PRODUCT_TEXT, "short text"),
    (
        r"description|about|summary",
        rf"hotels?|{_HOUSES}|listings?|(?<!chat )(?<!game )rooms?|room types?|venues?|apartments?|restaurants?",
        PLACE_TEXT,
        "short text",
    ),
    (
        r"(job )?description|requirements?|responsibilities",
        r"job (openings?|postings?|offers?)|vacanc(y|ies)|positions?|jobs",
        JOB_TEXT,
        "short text",
    ),
    (
        r"color|colour",
        r"products?|product \w+|variants?|vehicles?|cars?|items?|skus?",
        Words("colour name", label="colour"),
        "",
    ),
    (r"title|purpose|description", r"expenses?|expense \w+", Words("expense title", label="what was paid for"), ""),
    (r"(task )?type", r"housekeeping( tasks?)?", Words("housekeeping type", label="kind of work"), ""),
    (
        r"(room )?(number|no)",
        r"(hotel |guest )?rooms?|apartments?|units?",
        Words("room number", label="room number"),
        "",
    ),
    (r"issue|problem|defect|fault", r"maintenance( \w+)?|repairs?|work orders?", Words("defect", label="defect"), ""),
    (r"duration", r"coupons?|discounts?|promotions?", Words("coupon duration", label="how long a coupon holds"), ""),
    (
        r"(key |token )?prefix",
        r"api keys?|(access |api )?tokens?",
        FixedCode(8, prefix="pk_", label="what a key begins with"),
        "",
    ),
    (r"audience", r"announcements?|notices?|news", Words("audience", label="audience"), ""),
    (r"event( type| name)?", r"webhooks?|webhook \w+", Words("webhook event", label="event of a webhook"), ""),
    (r"provider", r"trainings?|courses?|certifications?|insurances?", COMPANY, "company"),
    (r"station", r"fuel \w+|refuel\w*", COMPANY, "company"),
    (
        r"subject",
        r"(teach|school|pupil|student|lesson|timetable|exam|grade|tutor)\w*",
        Words("course", label="course"),
        "",
    ),
    (
        r"event type|event|type|status|code|activity",
        r"(track|shipment|shipping|parcel|delivery)\w* (events?|history|updates?|scans?)",
        Words("tracking event", label="tracking event"),
        "",
    ),
    (r"message|subject|summary", r"commits?|changes|changesets?", Words("commit message", label="commit message"), ""),
    (
        r"body|text|content|message",
        r"messages?|comments?|repl(y|ies)|chats?|sms",
        Words("message", label="message"),
        "",
    ),
    (
        r"body|text|content|comment|description",
        r"reviews?|feedbacks?|ratings?|testimonials?",
        Words("feedback", label="feedback"),
        "",
    ),
)
_KINDS = re.compile(  # of which nobody lists one twice
    r"\b(plans?|tiers?|packages?|roles?|permissions?|scopes?|departments?|facult(y|ies)|categor(y|ies)|topics?|genres?|"
    r"industr(y|ies)|sectors?|tags?|labels?|keywords?|status(es)?|stages?|units?|languages?|skills?|colou?rs?|types?|kinds?|"
    r"levels?|priorit(y|ies)|(shipping|delivery|payment) (methods?|options?)|tax(es)?|tax (rates?|class(es)?))$"
)
_TITLE = Words("name title", "person", label="title of a person")
_NAMED = ("name", "title", "display name", "label")
_TOLD = ("english name", "native name", "local name")  # of a country or language
_ABOUT = r"(?: (?:profiles?|details?|infos?|records?|translations?|history|versions?))?$"  # a person's row, still


def is_name(words: str) -> bool:
    """Whether a column of these words is the bare name of what its table's rows are."""
    return words in _NAMED


def tells_kinds_apart(words: str, table: str) -> bool:
    """Whether the column is the bare name of a kind of things, in a table that lists these."""
    return words in _NAMED and bool(_KINDS.search(table))


def thing(words: str, table: str) -> tuple[Recipe, str] | None:
    """What a row of the table (both in words) is called, and what that means, if the column is its bare name."""
    for columns, tables, recipe, means in WRITTEN:
        if compiled(columns).fullmatch(words) and compiled(rf"\b(?:{tables})$").search(table):
            return recipe, means
    if words not in _NAMED and words not in _TOLD:
        return None
    found = [
        (place.end(), recipe, means)
        for pattern, recipe, means in THINGS
        for place in compiled(
            rf"(?:^|(?<= ))(?:{pattern})(?={_ABOUT if isinstance(recipe, FullName) else ' |$'})"
        ).finditer(table)
    ]
    if not found:
        return None
    _, recipe, means = max(found, key=lambda item: item[0])
    if words == "title" and isinstance(recipe, FullName):
        return _TITLE, "gender"
    return replace(recipe, each=True) if isinstance(recipe, Words) and not recipe.facet else recipe, means
