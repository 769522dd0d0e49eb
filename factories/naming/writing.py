"""Rules about what people write: titles, texts, names of things, identifiers."""
# ruff: noqa: E501  # a rule of the table is one line, however long

from factories.naming.rule import Family, Rule, text, words
from factories.values.codes import Code, Hexadecimal
from factories.values.documents import Json, JsonList
from factories.values.numbers import Chance, Constant, Integer
from factories.values.texts import Sentence, Words

TITLE = Sentence(("{start of title}", " ", "{end of title}"), label="title")
PARAGRAPH = Sentence(("{plain sentence}", " ", "{plain sentence}"), label="short text")
NOTE = Words("note", label="note")
ARTICLE = Sentence(tuple(part for _ in range(7) for part in ("{sentence}", " "))[:-1], label="longer text")
PRODUCT_TEXT = Sentence(("{product text}", " ", "{product text}"), label="what is said of a product")
PLACE_TEXT = Sentence(("{place text}", " ", "{place text}"), label="what is said of a place")
JOB_TEXT = Sentence(("{job text}", " ", "{job text}"), label="what is said of a job")
BIOGRAPHY = Sentence(("{biography}", " ", "{biography}"), label="what somebody says of themselves")
SLUG = Sentence(("{noun}", "-", "{adjective}"), label="slug")
LABEL = Sentence(("{name head}", " ", "{name tail}"), label="name of a thing")
ANYTHING = LABEL


def counted(words: str) -> Sentence:
    """For a column whose name no rule knows: its own words and a small number, as `Entrance 3`."""
    return Sentence((f"{words[:1].upper()}{words[1:]} ", "{small number}"), label="the column's own words, counted")


RULES: tuple[Rule, ...] = (
    words(r"(error|fail|failure|exception)( code)", "error code", means="failure code"),
    words(r"(last )?(error|failure|exception)s?( (message|reason|text|detail|details|description))?|fail(ed)? reason|(.* )?error( message)?|decline reason", "failure", means="failure"),
    words(r"(cancel(l)?ation|cancel(l)?ed|cancel) (reason|note|comment)", "cancellation", means="cancellation"),
    words(r"(rejection|rejected|reject|refusal|denial) (reason|note|comment)", "rejection", means="rejection"),
    words(r"(ban|banned|block|blocked|suspension|suspended|lock|locked) reason", "ban reason", means="ban"),
    words(r"(change |leave |visit |return |refund )?reason", "reason"),
    text(r"(.* )?(slug|permalink key|machine name|url key)|handle slug", SLUG, "slug"),
    text(r"(idempotency|dedup(lication)?|cache|request|partition|lock|message|license|licence) key", Hexadecimal(32, label="identifier"), "id"),
    text(r"code ?name|identifier|key|(.* )?key", Sentence(("{adjective}", "-", "{noun}"), label="slug"), "slug"),
    text(r"(stripe|paypal|external|provider|remote|third party|gateway|auth0|clerk|google|apple|facebook|github)( .*)? ?(id|uid|ref)|(.* )?(uid|uuid|guid|ext id|external id|public id|trace id|request id|correlation id|span id|session id)", Hexadecimal(16, label="identifier"), "id"),
    text(r"code|(.* )?code|abbr(eviation)?|(.* )?(id|sid)", Hexadecimal(12, label="identifier"), "id"),
    text(r"meta ?(title)|seo title|(.* )?(title|subject|headline|heading|caption|subtitle|sub title)( line)?", TITLE, "title"),
    words(r"(task|to ?do)( name)?", "task", means="title"),
    words(r"response body|(raw|api|server|gateway|provider|http|webhook) response", "response body"),
    words(r"(owner |host |staff |public )(response|reply|answer)( text)?|^(response|reply)( text)?", "message"),
    text(r"book( title| name)?", Sentence(("{book title head}", " ", "{book title tail}"), label="title of a work"), "title"),
    words(r"alt( text)?|image description|caption text", "caption"),
    text(r"bio|biography|about( me| us)?|profile text", BIOGRAPHY, "short text"),
    words(r"(customer|order|buyer|delivery|shipping|gift|guest) (notes?|message|comment|instructions?)|special (requests?|instructions?|wishes)", "customer note"),
    words(r"(teacher|principal|tutor) (comment|remark)s?", "school remark"),
    text(r"(cooking |delivery |usage |special )?instructions?|(treatment|care|lesson|meal) plan", PARAGRAPH),
    text(r"(system |user )?prompts?", Sentence(("You help with ", "{object}", ". ", "{sentence}"), label="prompt")),
    words(r"reviews?( text| body| comment)?|feedback|testimonial", "feedback"),
    words(r"(special |customer |guest |gift )?(requests?|wishes|message|comment)|(last |chat )?(message|comment|reply|chat|remark|sms)( text| body)?", "message"),
    text(r"(.* )?(content|article|transcript|body html|body text|html|markdown|story|terms|letter)|(body)", ARTICLE, "long text"),
    text(r"(.* )?(notes?|remarks?|comments|memo|annotations?)", NOTE, "short text"),
    text(r"(.* )?(description|summary|abstract|excerpt|details?|explanation|intro|introduction|question|answer|text|purpose|instructions?|lyrics|plot|synopsis|findings|requirements?|strengths|weaknesses|improvements|responsibilities|action taken|outcome)", PARAGRAPH, "short text"),
    text(r"(event|meeting|workshop|conference)( name)?", Words("event name", label="event")),
    text(r"campaign( name)?|goals?|objectives?|initiative|ad (group|set)( name)?|audience( name)?", Sentence(("{goal}", " ", "{period}"), label="campaign")),
    words(r"team( name)?|squad", "team"),
    text(r"(venue|place|location|facility)( name)?", Sentence(("{name tail}", " ", "{venue}"), label="venue")),
    text(r"(group|project|workspace|list|board|folder|channel|playlist|collection|album|product line|warehouse|branch|site|area)( ?name)?|name|(.* )?name|label", LABEL, "name"),
    text(r"hash ?tags?", Sentence(("#", "{tag head}", "{tag tail}"), label="hashtag")),
    text(r"(.* )?number", Code("", least=6, start=100_001, label="number in letters")),
    text(r"extra|metadata|payload|settings|config|preferences|options|params|data|attributes|properties", Constant("{}", label="empty object")),
    # json
    Rule(r"(opening|business|working|office|delivery|store) hours|hours", Family.JSON, Json((("mon", Words("hours")), ("tue", Words("hours")), ("wed", Words("hours")), ("thu", Words("hours")), ("fri", Words("hours")), ("sat", Words("hours"))), label="JSON opening hours")),
    Rule(r"(.* )?(tags|list|roles|permissions|capabilit(y|ies)|tools|scopes|keywords|items|labels|skills|features|categories)", Family.JSON, JsonList(Words("tag"), "JSON list of tags")),
    Rule(r"(.* )?(address|location|geo)", Family.JSON, Json((("city", Words("city", "place")), ("country", Words("country code", "place"))), label="JSON address")),
    Rule(r"reactions", Family.JSON, Json((("like", Integer(0, 24, 2)), ("heart", Integer(0, 9, 2))), raw=("like", "heart"), label="JSON reactions")),
    Rule(r"(.* )?(metrics?|stats|statistics|usage|limits|counts|reactions)", Family.JSON, Json((("views", Integer(0, 5_000, 1)), ("clicks", Integer(0, 400, 1))), raw=("views", "clicks"), label="JSON metrics")),
    Rule(r"(.* )?(settings|config|configuration|preferences|options|flags)", Family.JSON, Json((("theme", Words("theme")), ("language", Words("language")), ("notifications", Chance(700))), raw=("notifications",), label="JSON settings")),
)  # fmt: skip
