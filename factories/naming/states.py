"""Rules about states and kinds: what is usual for the column's table comes first (`status` of orders, of tickets)."""
# ruff: noqa: E501  # a rule of the table is one line, however long

import re

from factories.naming.kinds import TYPES
from factories.naming.rule import Rule, words
from factories.values.texts import Words

# The line whose pattern is met latest in the column's name, or in the table's, names the pool: `employee_trainings` are
# trainings. Of two that end alike the first one wins.
STATUSES: tuple[tuple[str, str], ...] = (
    (r"kyc|verification|identity check", "verification status"),
    (r"offers?|bids?|quotes?|proposals?", "offer status"),
    (r"viewings?|showings?", "appointment status"),
    (r"purchase orders?|pos|requisitions?", "purchase status"),
    (r"defects?|snags?|faults?|findings?", "defect status"),
    (r"work packages?|milestones?|phases?", "production status"),
    (r"alerts?|alarms?", "alert status"),
    (r"job openings?|openings?", "listing status"),
    (r"performance reviews?|appraisals?", "appraisal status"),
    (r"reviews?|ratings?|testimonials?|comments?", "moderation status"),
    (
        r"expenses?|expense (reports?|claims?)|time ?sheets?|leaves?|leave requests?|absences?|approvals?",
        "approval status",
    ),
    (r"attendances?", "attendance status"),
    (r"drivers?|teachers?|doctors?|nurses?|technicians?|instructors?", "employment status"),
    (r"trainings?|certifications?", "enrolment status"),
    (r"invitations?|invites?", "invitation status"),
    (r"leads?", "lead status"),
    (r"deals?|opportunit(y|ies)", "deal stage"),
    (r"loans?", "loan status"),
    (r"trips?|rides?|routes?", "trip status"),
    (r"stops?", "stop status"),
    (r"lab results?|test results?|lab orders?", "result status"),
    (r"beds?|dining tables?", "place status"),
    (r"messages?|e?mails?|notifications?|sms", "message status"),
    (r"contracts?|leases?|polic(y|ies)", "contract status"),
    (r"prescriptions?", "prescription status"),
    (r"(?<!chat )(?<!game )rooms?", "room status"),
    (r"flights?|departures?", "flight status"),
    (r"(job )?postings?|vacanc(y|ies)|listings?|propert(y|ies)|real estate", "listing status"),
    (r"marital", "marital status"),
    (r"employment|employees?|staff", "employment status"),
    (r"payments?|charges?|refunds?", "payment status"),
    (r"transactions?|transfers?|ledger|payouts?|withdrawals?", "transfer status"),
    (r"invoices?|bills?", "invoice status"),
    (r"shipments?|parcels?|deliver(y|ies)|fulfil?lments?", "shipment status"),
    (r"orders?|carts?|purchases?", "order status"),
    (r"appointments?|bookings?|reservations?|visits?|meetings?", "appointment status"),
    (
        r"jobs?|runs?|imports?|exports?|builds?|deployments?|executions?|workflows?|uploads?|webhooks?|deliveries|queue",
        "job status",
    ),
    (r"tickets?|incidents?|issues?|cases?|requests?|support|complaints?", "ticket status"),
    (r"tasks?|todos?|cards?|stor(y|ies)", "task status"),
    (
        r"posts?|articles?|pages?|blogs?|news|stories|content|videos?|episodes?|chapters?|products?|courses?|listings?",
        "publishing status",
    ),
    (r"subscriptions?|plans?|memberships?", "subscription status"),
    (r"campaigns?|projects?|promotions?", "campaign status"),
    (r"enrol?l?ments?|registrations?|grades?", "enrolment status"),
    (r"applications?|candidates?|leads?", "application status"),
    (r"vehicles?|cars?|assets?|fleet|rooms?", "vehicle status"),
    (r"devices?|sensors?|gateways?|meters?|machines?|hosts?|servers?", "device status"),
    (r"accounts?|cards?|wallets?", "bank account status"),
    (
        r"users?|customers?|members?|tenants?|organizations?|compan(y|ies)|players?|students?|patients?|people|clients?",
        "account status",
    ),
)
STATUS = words(r"(.* )?status( code| name)?|(.* )?state|stage|phase|lifecycle", "status", means="status")
METHODS: tuple[tuple[str, str], ...] = (
    (r"payments?|charges?|refunds?|orders?|invoices?|donations?|transactions?|payouts?", "payment"),
    (r"shipments?|shipping|dispatch|deliver(y|ies)|parcels?", "carrier"),
    (r"contacts?|communications?|reminders?", "contact type"),
)
PROVIDERS: tuple[tuple[str, str], ...] = (
    (r"identit(y|ies)|auth.*|oauth.*|sso|social.*|logins?|users?|accounts?", "identity provider"),
    (r"agents?|prompts?|completions?|llm.*|ai.*|models?", "provider"),
    (r"shipments?|parcels?|deliver(y|ies)", "carrier"),
)
FREQUENCIES: tuple[tuple[str, str], ...] = (
    (r"prescriptions?|medications?|drugs?|dos(e|es|age|ing)", "dosing frequency"),
    (r"pay|payrolls?|salar(y|ies)|wages?|employees?|staff|employment", "pay frequency"),
    (
        r"plans?|subscriptions?|billing|prices?|fees?|fee types?|tiers?|memberships?|packages?|payments?",
        "billing frequency",
    ),
)
INTERVALS: tuple[tuple[str, str], ...] = (
    (r"plans?|subscriptions?|billing|prices?|tiers?|memberships?|packages?|recurring", "billing interval"),
)
CATEGORIES: tuple[tuple[str, str], ...] = (
    (r"expenses?|expense (reports?|claims?|items?)", "expense category"),
    (r"lab tests?", "lab category"),
    (r"folio charges?|charges?", "charge category"),
    (r"tickets?|cases?|support|requests?|issues?", "ticket category"),
    (r"posts?|articles?|blogs?|news|pages?", "topic"),
    (r"bank transactions?|transactions?", "spending category"),
    (r"menu items?|dishes|menus?", "menu category"),
    (r"events?|shows?", "event category"),
    (r"trainings?|courses?", "training category"),
    (r"products?|items?|skus?|goods|catalog|menu.*|inventory", "product category"),
    (r"books?|movies?|films?|songs?|tracks?|albums?|games?|shows?", "genre"),
    (r"devices?|sensors?", "sensor type"),
    (r"vehicles?|cars?", "vehicle kind"),
)
_FACETS = {"vehicle model": "vehicle", "vehicle kind": "vehicle", "product category": "product"}
MODELS: tuple[tuple[str, str], ...] = (
    (r"vehicles?|cars?|fleet|trucks?|vans?", "vehicle model"),
    (r"agents?|prompts?|completions?|llm.*|ai|chats?|conversations?|embeddings?", "model"),
)

RULES: tuple[Rule, ...] = (
    STATUS,
    words(r"priority|urgency|importance", "priority"),
    words(r"severity", "severity"),
    words(r"level|difficulty|experience level", "difficulty"),
    words(r"(event|activity)( name| type| kind)?", "event"),
    words(r"(.* )?action( name| type)?|operation|verb", "action"),
    words(r"utm source", "utm source"),
    words(r"utm medium|medium", "utm medium"),
    words(r"utm campaign", "goal"),
    words(r"channel|(.* )?source|origin channel|acquisition( channel)?|(contact|communication) channel", "channel"),
    words(r"platform|(social )?network", "platform"),
    words(r"(subscription |pricing |billing )?(plan|tier|package)( name)?|subscription", "plan"),
    words(r"permissions?( name)?|scopes?|privilege", "permission"),
    words(r"(user |member )?roles?( name)?", "role"),
    words(r"rank", "rank"),
    words(r"letter grade|(final )?grade", "letter grade", means="letter grade"),
    words(r"genre", "genre"),
    words(r"industry|sector|business type", "industry"),
    words(r"(.* )?(category|topic|segment|section)( name)?", "category", means="category"),
    words(r"app label", "app label"),
    words(r"(.* )?(tags?|keywords?|labels?)", "tag"),
    words(r"unit|uom|unit of measure(ment)?|measurement unit", "unit"),
    words(r"(.* )?colou?r (name)", "colour name"),
    words(r"(.* )?colou?r( hex| code)?|hex( code)?", "colour"),
    words(r"language (name)", "language name"),
    words(r"(.* )?language( code)?", "language"),
    words(r"theme|appearance", "theme"),
    words(r"semester|term|academic (term|year)", "semester"),
    words(r"weekday|day of week|day name", "weekday"),
    words(r"month( name)?", "month"),
    words(r"(.* )?interval( unit)?|(billing|invoice) period", "interval", means="interval"),
    words(r"(.* )?(frequency|cadence|recurrence)|billing cycle", "frequency", means="frequency"),
    words(r"allerg(y|ies)", "allergy"),
    words(r"diagnosis|condition|symptoms?", "diagnosis"),
    words(r"(diagnosis|icd)( 10)?( code)?", "icd code"),
    words(r"medications?|drug( name)?|medicine", "medication"),
    words(r"dosage|dose|strength", "dosage"),
    words(r"actor type|(created|changed|performed) by type", "actor type"),
    words(r"metric( name)?", "metric"),
    words(r"(review|reporting|accounting|evaluation) period( name)?|^period( name)?", "reporting period"),
    words(r"(cancel(l)?ation|refund|return) policy", "cancellation policy"),
    words(r"(subject|teaching) (specialty|speciality|area)", "course"),
    words(r"(risk|credit) (rating|level|category|class)", "risk"),
    words(r"visibility", "visibility"),
    words(r"energy (rating|class|label)", "energy class"),
    words(r"(data |signal |reading )quality|quality", "quality"),
    words(r"(seat )?row( label| letter)?", "aisle"),
    words(r"payment terms?|terms of payment", "payment terms"),
    words(r"(chief|presenting) complaint", "diagnosis"),
    words(r"vaccine( name)?|vaccination", "vaccine"),
    words(r"building( name)?|wing|block name", "building"),
    words(r"(taggable|commentable|imageable|.*able|record|actor|item|entity|target|subject|resource|object|content) type|content type model", "polymorphic"),
    words(r"(.* )?flag|yn|(is|has) .*", "yes or no"),
    words(r"(.* )?(type|kind|class|variant|mode|format)", "kind", means="type"),
)  # fmt: skip


USUAL = {
    "status": STATUSES,
    "type": TYPES,
    "model": MODELS,
    "method": METHODS,
    "category": CATEGORIES,
    "provider": PROVIDERS,
    "frequency": FREQUENCIES,
    "interval": INTERVALS,
}


def usual(table: str, column: str, means: str) -> Words | None:
    """What is usual for a status, a type, a method, a model or a category in that table; None if nothing is."""
    for words_of in (column, table):
        found = [
            (place.end(), pool)
            for pattern, pool in USUAL.get(means, ())
            for place in re.finditer(rf"(?:^|(?<= ))(?:{pattern})(?= |$)", words_of)
        ]
        if found:
            _, pool = max(found, key=lambda item: item[0])
            return Words(pool, _FACETS.get(pool, ""), label=pool)
    return None
